# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Start-EntraSyncCycle {
    <#
    .SYNOPSIS
    Asks for a sync cycle. Accepted is not done: it ends later (adsync.md 2.1).
    .DESCRIPTION
    Codes: cycle_running, connector_busy, wizard_open, scheduler_suspended, service_stopped, sign_in_wanted, adsync_error, module_missing,
    claim_live, claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER PolicyType
    Delta or Initial.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    #>
    param([Parameter(Mandatory = $true)][ValidateSet('Delta', 'Initial')][string]$PolicyType, [int]$Epoch, [string]$RunId)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Start-EntraSyncCycle' -Epoch $Epoch -RunId $RunId -NeedsToken $false -Change {
            param($record)
            $answer = Invoke-Sync { Start-ADSyncSyncCycle -PolicyType $PolicyType -ErrorAction Stop }
            $said = @(foreach ($each in @($answer)) { [string](Get-PropertyValue $each 'Result') }) -ne ''
            # without an error and a word it is accepted; whether a cycle ran is told by the history
            if ($said.Count -gt 0 -and $said -notcontains 'Success') { New-Refusal 'adsync_error' "Start-ADSyncSyncCycle answered '$($said -join ' ')'" }
            if ($PolicyType -eq 'Initial' -and $record['restored']) { $record['initial_asked'] = $true }
            [pscustomobject]@{ changed = $true; accepted = $true }
        })
}
