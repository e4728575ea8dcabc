# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-AutoUpgradeState {
    <#
    .SYNOPSIS
    Sets automatic upgrade and returns what reads back. What is set although the cmdlet failed is set; what cannot be read is unknown_result.
    #>
    param([Parameter(Mandatory = $true)][string]$State)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $problem = $null
    try { Invoke-Sync { $null = Set-ADSyncAutoUpgrade -AutoUpgradeState $State -ErrorAction Stop } } catch { $problem = $_ }
    try { $now = [string](Get-ADSyncAutoUpgrade -ErrorAction Stop) }
    catch { New-Refusal 'unknown_result' "automatic upgrade was to be set to $State, and cannot be read back: $(Get-ErrorText $_)" }
    if ($null -ne $problem -and $now -ne $State) { throw $problem }
    return $now
}
