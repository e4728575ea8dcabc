# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Restore-EntraSyncFound {
    <#
    .SYNOPSIS
    Puts a found value back where the present value is the one we set; what somebody changed since is kept. Either way the note is erased.
    .DESCRIPTION
    Without a token only a live claim stands against it. Codes: service_stopped, sign_in_wanted, adsync_error, module_missing, claim_live,
    claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Name
    Which value, scheduler or auto_upgrade.
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][ValidateSet('scheduler', 'auto_upgrade')][string]$Name)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Restore-EntraSyncFound' -Epoch $Epoch -RunId $RunId -NeedsToken $false -Change {
            param($record)
            $kept = Get-Found -Record $record -Name $Name
            if ($null -eq $kept) { return [pscustomobject]@{ changed = $false; restored = $false; present = ''; found = ''; set = '' } }
            if ($Name -eq 'scheduler') { $present = Get-CycleSwitch }
            else { $present = [string](Invoke-Sync { Get-ADSyncAutoUpgrade -ErrorAction Stop }) }
            $ours = $present -eq $kept['set']
            if ($ours -and $kept['found'] -ne $present) {
                if ($Name -eq 'scheduler') { Set-SchedulerValue -Record $record -Values @{ SyncCycleEnabled = ($kept['found'] -eq 'True') } -TimeoutSeconds 60 }
                else { $null = Set-AutoUpgradeState -State $kept['found'] }
            }
            Remove-Found -Record $record -Name $Name
            [pscustomobject]@{ changed = $true; restored = ($ours -or $present -eq $kept['found']); present = $present; found = $kept['found']; set = $kept['set'] }
        })
}
