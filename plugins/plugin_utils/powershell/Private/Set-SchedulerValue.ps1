# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-SchedulerValue {
    <#
    .SYNOPSIS
    Calls Set-ADSyncScheduler, in a child process where it may open a sign-in, and says what came of it by two equal reads.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record, [Parameter(Mandatory = $true)][hashtable]$Values, [int]$TimeoutSeconds)
    if (-not (Test-SignInPossible)) {
        Invoke-Sync { $null = Set-ADSyncScheduler @Values -ErrorAction Stop -WarningAction SilentlyContinue }
        return
    }
    $said = Invoke-InChild -Command 'Set-ADSyncScheduler' -Parameters $Values -Record $Record -TimeoutSeconds $TimeoutSeconds
    if (-not $said) { return }
    for ($attempt = 0; $attempt -lt 5; $attempt++) {
        $one = ConvertTo-Json -InputObject (Get-SchedulerPart) -Compress
        Start-Sleep -Milliseconds 500
        if ($one -eq (ConvertTo-Json -InputObject (Get-SchedulerPart) -Compress)) { break }
    }
    $now = Get-SchedulerPart
    if ($Values.ContainsKey('SyncCycleEnabled') -and $now.sync_cycle_enabled -eq $Values['SyncCycleEnabled']) { return }
    if ($said -eq 'TIMEOUT') { New-Refusal 'sign_in_wanted' "Set-ADSyncScheduler did not end within $TimeoutSeconds seconds" }
    Invoke-Sync { throw $said }
}
