# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-SchedulerValue {
    <#
    .SYNOPSIS
    Calls Set-ADSyncScheduler, in a child process where it may open a sign-in. Where that did not end well, two equal reads say what came of it.
    .DESCRIPTION
    All as wanted is done. All as before is a refusal (sign_in_wanted after the time limit, else by the cmdlet's text). Anything else, and what
    cannot be read, is unknown_result.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record, [Parameter(Mandatory = $true)][hashtable]$Values, [int]$TimeoutSeconds)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    if ($Values.Count -eq 0) { return }
    $before = Get-SettledScheduler -Names $Values.Keys
    if (Test-SignInPossible) { $said = Invoke-InChild -Command 'Set-ADSyncScheduler' -Parameters $Values -Record $Record -TimeoutSeconds $TimeoutSeconds }
    else {
        $said = ''
        try { $null = Set-ADSyncScheduler @Values -ErrorAction Stop -WarningAction SilentlyContinue } catch { $said = Get-ErrorText $_ }
    }
    if (-not $said) { return }
    $after = Get-SettledScheduler -Names $Values.Keys
    $wanted = Get-SchedulerText -Names $Values.Keys -Values $Values
    if ($null -ne $after -and $after -eq $wanted) { return }
    if ($null -eq $after -or $after -ne $before) { New-Refusal 'unknown_result' "Set-ADSyncScheduler ended with '$said'; the scheduler reads '$after'" }
    if ($said -eq 'TIMEOUT') { New-Refusal 'sign_in_wanted' "Set-ADSyncScheduler did not end within $TimeoutSeconds seconds" }
    Invoke-Sync { throw $said }
}
