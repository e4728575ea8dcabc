# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Register-EntraSyncPromotion {
    <#
    .SYNOPSIS
    Records that an operator is asked to promote this server in the wizard: from now on the click may land.
    .DESCRIPTION
    It changes no flag; the record alone keeps others from promoting another server meanwhile. Codes: claim_incomplete, target_held,
    target_pending, target_quarantined, target_restored, child_running, role_changed, module_missing, claim_missing, claim_changed, claim_ended,
    busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    #>
    param([int]$Epoch, [string]$RunId)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Register-EntraSyncPromotion' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            Assert-Promotable -Record $record
            $record['promotion'] = @{ epoch = $Epoch; run_id = $RunId; at = Get-UtcText; method = 'wizard' }
            [pscustomobject]@{ changed = $true }
        })
}
