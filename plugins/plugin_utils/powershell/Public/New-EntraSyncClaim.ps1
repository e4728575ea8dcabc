# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function New-EntraSyncClaim {
    <#
    .SYNOPSIS
    Takes the claim on this server by compare-and-set: only while the record still holds the token that the caller read.
    .DESCRIPTION
    Codes: claim_changed, claim_live (and TakeOver is false), epoch_low, child_running, busy, record_unreadable, journal_failed.
    .PARAMETER ExpectedEpoch
    Token that was read, with ExpectedRunId; 0 and '' for none.
    #>
    param([int]$ExpectedEpoch, [string]$ExpectedRunId, [int]$Epoch, [string]$RunId, [string]$Who, [string]$Kind, [string]$Tenant, [string[]]$Members,
        [string]$GoalActive, [string]$GoalFormer, [string]$GoalVersion, [string]$GoalOrder, [string]$GoalMethod, [int]$LeaseSeconds, [bool]$TakeOver)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $mutex = Enter-Mutex
    try {
        $record = Read-Record
        $claim = $record['claim']
        $present = @{ epoch = 0; run_id = '' }
        $holder = 'nobody holds it'
        if ($null -ne $claim) {
            $present = $claim
            $holder = "$($claim['who']) holds it since $($claim['since']) with token $($claim['epoch']).$($claim['run_id'])"
        }
        if ([int]$present['epoch'] -ne $ExpectedEpoch -or [string]$present['run_id'] -cne $ExpectedRunId) { New-Refusal 'claim_changed' $holder }
        if ((Test-ClaimLive $claim) -and -not $TakeOver) { New-Refusal 'claim_live' $holder }
        if ($Epoch -le [int]$present['epoch']) { New-Refusal 'epoch_low' "epoch $($present['epoch']) was seen, $Epoch was given" }
        Stop-Child -Record $record
        Write-Journal -Function 'New-EntraSyncClaim' -What 'intent' -Token "$Epoch.$RunId"
        $record['claim'] = @{ epoch = $Epoch; run_id = $RunId; who = $Who; since = Get-UtcText; lease_until = Get-UtcText ([DateTime]::UtcNow.AddSeconds($LeaseSeconds))
            lease_seconds = $LeaseSeconds; ended = $false; kind = $Kind; complete = $false; members = @($Members); tenant = $Tenant; goal_active = $GoalActive; goal_former = $GoalFormer
            goal_version = $GoalVersion; goal_order = $GoalOrder; goal_method = $GoalMethod }
        Write-Record $record
        Write-Journal -Function 'New-EntraSyncClaim' -What 'done' -Token "$Epoch.$RunId"
        return [pscustomobject]@{ changed = $true; token = "$Epoch.$RunId" }
    }
    finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
}
