# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Complete-EntraSyncRelease {
    <#
    .SYNOPSIS
    Ends a release: lifts the block once the global settings read staging, nothing runs and no wizard is open.
    .DESCRIPTION
    Behind the block the global settings alone decide. Staging off: stopped and disabled again, the block stays: wrong_hold. Codes: not_quiet,
    wizard_open, wrong_hold, unknown_result, service_stopped, sign_in_wanted, adsync_error, module_missing, claim_missing, claim_changed,
    claim_ended, busy, record_unreadable, journal_failed.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    #>
    param([int]$Epoch, [string]$RunId)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Complete-EntraSyncRelease' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            $staging = Invoke-Sync { Get-StagingSetting -Settings (Get-GlobalSettings) }
            if ($staging -ne 'True') {
                if ($staging -ne 'False') { New-Refusal 'not_quiet' 'the staging key of the global settings cannot be read' }
                Set-ServiceState -StartType 'Disabled' -Status 'Stopped'
                $record['hold'] = @{ state = 'complete'; since = Get-UtcText; staging = 'False'; by = "$Epoch.$RunId"; boot_id = Get-BootId; facts = '' }
                New-Refusal 'wrong_hold' 'staging mode is off: stopped and disabled again, still blocked'
            }
            $running = Get-RunningPart
            if (-not $running.run_status_read -or @($running.busy_connectors).Count -gt 0) { New-Refusal 'not_quiet' 'a connector is running, or that cannot be read' }
            $since = [DateTime]::MinValue
            # a row can stay InProgress from before the service was stopped
            if ($null -ne $record['quarantine'] -and $record['quarantine']['up_since']) { $since = ConvertFrom-UtcText $record['quarantine']['up_since'] }
            $hashing = @($running.password_sync | Where-Object { $_.status -eq 'InProgress' -and (ConvertFrom-UtcText $_.started) -gt $since })
            if ($hashing.Count -gt 0) { New-Refusal 'not_quiet' 'a password-hash cycle is running' }
            if ((Get-SchedulerPart).sync_cycle_in_progress -eq $true) { New-Refusal 'not_quiet' 'a cycle is running' }
            if (-not (Test-WizardClosed)) { New-Refusal 'wizard_open' 'the wizard is open, or the processes cannot be read' }
            Remove-Block
            $record['hold'] = $null
            $record['quarantine'] = $null
            Remove-Found -Record $record -Name 'start_type'
            [pscustomobject]@{ changed = $true; released = $true }
        })
}
