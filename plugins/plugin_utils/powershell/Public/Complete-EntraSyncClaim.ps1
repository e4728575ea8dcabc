# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Complete-EntraSyncClaim {
    <#
    .SYNOPSIS
    Notes that the claim was taken on all members: its goal is in force from now on.
    .DESCRIPTION
    Codes: claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    #>
    param([int]$Epoch, [string]$RunId)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Complete-EntraSyncClaim' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            $claim = $record['claim']
            $claim['complete'] = $true
            $record['goal'] = @{ epoch = $Epoch; run_id = $RunId; active = $claim['goal_active']; former = $claim['goal_former']; version = $claim['goal_version']
                order = $claim['goal_order']; method = $claim['goal_method']; outcome = ''; members = @($claim['members']); tenant = $claim['tenant']
                verb = [string]$claim['goal_verb']; member_names = @($claim['member_names'] | Where-Object { $_ }) }
            [pscustomobject]@{ changed = $true }
        })
}
