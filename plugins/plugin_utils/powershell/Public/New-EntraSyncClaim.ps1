# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function New-EntraSyncClaim {
    <#
    .SYNOPSIS
    Takes the claim on this server by compare-and-set: only while the record still holds the token that the caller read.
    .DESCRIPTION
    claim_live is given only where TakeOver is false. Codes: claim_changed, claim_live, epoch_low, child_running, busy, record_unreadable,
    journal_failed, unknown_result.
    .PARAMETER ExpectedEpoch
    Epoch of the token that was read; 0 for none.
    .PARAMETER ExpectedRunId
    Run id of the token that was read; empty for none.
    .PARAMETER Epoch
    Epoch of the new token, higher than any that this server has seen.
    .PARAMETER RunId
    Run id of the new token.
    .PARAMETER Who
    User and host, for messages to others.
    .PARAMETER Kind
    Whether the whole topology is claimed or single servers.
    .PARAMETER Tenant
    Name of the tenant that the topology serves.
    .PARAMETER Members
    Machine ids of all members.
    .PARAMETER GoalActive
    The server that is to be active.
    .PARAMETER GoalFormer
    The server that was active before.
    .PARAMETER GoalVersion
    The version that every server is to have.
    .PARAMETER GoalOrder
    Order of the upgrade, staging_first or switch_first.
    .PARAMETER GoalMethod
    How staging mode is switched, wizard or settings.
    .PARAMETER GoalVerb
    Which playbook claims, such as switch_roles or rollback; empty for a claim by hand.
    .PARAMETER MemberNames
    Inventory names of all members, in the order of Members.
    .PARAMETER LeaseSeconds
    How long the claim lives after each request, in seconds.
    .PARAMETER Overrides
    Gates that the operator lets fail, each with the reason, in words for the journal; empty for none.
    .PARAMETER TakeOver
    Supersede a claim that is live.
    #>
    param([int]$ExpectedEpoch, [string]$ExpectedRunId, [int]$Epoch, [string]$RunId, [string]$Who, [string]$Kind, [string]$Tenant, [string[]]$Members,
        [string]$GoalActive, [string]$GoalFormer, [string]$GoalVersion, [string]$GoalOrder, [string]$GoalMethod, [string]$GoalVerb, [string[]]$MemberNames,
        [int]$LeaseSeconds, [string]$Overrides, [bool]$TakeOver)
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
        $line = @{ Function = 'New-EntraSyncClaim'; Token = "$Epoch.$RunId" }
        Write-Journal @line -What 'intent' -Detail $Overrides
        $record['claim'] = @{ epoch = $Epoch; run_id = $RunId; who = $Who; since = Get-UtcText; lease_until = Get-UtcText ([DateTime]::UtcNow.AddSeconds($LeaseSeconds))
            lease_seconds = $LeaseSeconds; ended = $false; kind = $Kind; complete = $false; tenant = $Tenant
            members = @($Members); member_names = @($MemberNames | Where-Object { $_ }); goal_active = $GoalActive; goal_former = $GoalFormer
            goal_version = $GoalVersion; goal_order = $GoalOrder; goal_method = $GoalMethod; goal_verb = $GoalVerb }
        try {
            Stop-Child -Record $record
            Write-Record $record -Before
        }
        catch {
            $problem = ConvertTo-Refusal $_
            # a refusal stays true without its line
            try { Write-Journal @line -What 'refused' -Detail $problem.FullyQualifiedErrorId } catch { $null = $_ }
            throw $problem
        }
        Write-Journal @line -What 'done' -Detail $Overrides
        return [pscustomobject]@{ changed = $true; token = "$Epoch.$RunId" }
    }
    finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
}
