# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-BlockState {
    <#
    .SYNOPSIS
    Our outbound block: whether the rule is there, and what would weaken it. Empty weakness means that nothing leaves.
    A rule is no use with a stopped firewall, a profile that is off or ignores local rules, or an allow-bypass rule (design, section 3).
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $rules = @()
    $weakness = ''
    try {
        $rules = @(Get-NetFirewallRule -Name 'EntraConnectOps-Quarantine' -ErrorAction SilentlyContinue)
        if ([string](Get-Service -Name 'mpssvc' -ErrorAction Stop).Status -ne 'Running') { $weakness = 'the Windows firewall service does not run' }
        $profiles = @(Get-NetFirewallProfile -PolicyStore 'ActiveStore' -ErrorAction Stop)
        if ($profiles.Count -eq 0) { $weakness = 'no profile of the firewall can be read' }
        foreach ($profile in $profiles) {
            if ([string]$profile.Enabled -ne 'True') { $weakness = "the firewall profile $($profile.Name) is off" }
            elseif ([string]$profile.AllowLocalFirewallRules -notin 'True', 'NotConfigured') { $weakness = "the firewall profile $($profile.Name) ignores local rules" }
        }
        $bypass = @(Get-NetFirewallRule -PolicyStore 'ActiveStore' -Direction 'Outbound' -Action 'AllowBypass' -Enabled 'True' -ErrorAction SilentlyContinue)
        if ($bypass.Count -gt 0) { $weakness = "the rule $($bypass[0].DisplayName) goes before it" }
    }
    catch { $weakness = "the firewall cannot be read: $($_.Exception.Message)" }
    $enabled = $rules.Count -eq 1 -and [string]$rules[0].Enabled -eq 'True'
    if (-not $weakness -and -not $enabled) { $weakness = 'our rule is not there' }
    return @{ present = $rules.Count -gt 0; weakness = $weakness }
}
