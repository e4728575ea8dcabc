# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Enter-EntraSyncHold {
    <#
    .SYNOPSIS
    Holds this staging server: record begun, start type Disabled, staging read, no wizard, service stopped, record complete.
    .DESCRIPTION
    The instant between the last read and the stop cannot be closed: a stopped server tells nobody its flag. Repeating it is harmless. With
    staging_off and wizard_open the start type is put back. Codes: staging_off, wizard_open, child_running, unknown_result, module_missing,
    claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Facts
    What the caller last read of this server, as JSON text, so that gates can judge it while it is held.
    #>
    param([int]$Epoch, [string]$RunId, [string]$Facts)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Enter-EntraSyncHold' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            Stop-Child -Record $record
            if (Test-HoldUnbroken $record['hold']) { return [pscustomobject]@{ changed = $false; state = 'complete' } }
            $service = Get-ServiceState
            # a hold that a crash left between stop and record: the flag was read before the stop, and nothing has started since
            $begun = $null -ne $record['hold'] -and $record['hold']['state'] -eq 'pending' -and $record['hold']['staging'] -eq 'True'
            $finish = $begun -and $service.status -eq 'Stopped' -and $service.start_type -eq 'Disabled' -and
                (Get-ServiceStart -Since (ConvertFrom-UtcText $record['hold']['since'])).count -eq 0
            if (-not $finish) {
                $former = @{ hold = $record['hold']; found = @(foreach ($each in @($record['found'])) { $each.Clone() }) }
                Set-Found -Record $record -Name 'start_type' -Found $service.start_type -Set 'Disabled'
                $record['hold'] = @{ state = 'pending'; since = Get-UtcText; staging = ''; by = "$Epoch.$RunId"; boot_id = Get-BootId; facts = $Facts }
                Write-Record $record -Before
                Set-ServiceState -StartType 'Disabled'
                $why = ''
                $behind = $null -ne $record['quarantine'] -and -not (Get-BlockState).weakness
                if (-not (Test-Staging -Behind $behind)) { $why = 'staging_off' } elseif (-not (Test-WizardClosed)) { $why = 'wizard_open' }
                if ($why) {
                    # as it was: a wrong hold stays disabled and stays on record
                    Set-ServiceState -StartType $service.start_type
                    $record['hold'] = $former.hold
                    $record['found'] = $former.found
                    New-Refusal $why 'not held: staging mode is not read on by both ways, or the wizard is open'
                }
                $record['hold']['staging'] = 'True'
                Write-Record $record
                Set-ServiceState -Status 'Stopped'
                $record['hold']['since'] = Get-UtcText
                if (-not (Test-WizardClosed)) { New-Refusal 'wizard_open' 'stopped, but a wizard was opened meanwhile; the hold is not complete' }
            }
            $record['hold']['state'] = 'complete'
            $record['promotion'] = $null
            [pscustomobject]@{ changed = $true; state = 'complete' }
        })
}
