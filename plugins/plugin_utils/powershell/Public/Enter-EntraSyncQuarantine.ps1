# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Enter-EntraSyncQuarantine {
    <#
    .SYNOPSIS
    Emergency: blocks what goes out, disables and stops the service, whatever the flag says; staging off leaves a wrong hold.
    .DESCRIPTION
    The stop counts most: a firewall that fails does not delay it. Codes: child_running, unknown_result, claim_missing, claim_changed,
    claim_ended, busy, record_unreadable, journal_failed.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    #>
    param([int]$Epoch, [string]$RunId)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Enter-EntraSyncQuarantine' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            Stop-Child -Record $record
            try { Add-Block } catch { $null = $_ }   # the stop below is what counts; a firewall that fails must not delay it
            $staging = [string](Get-StagingReading).settings
            Set-Found -Record $record -Name 'start_type' -Found (Get-ServiceState).start_type -Set 'Disabled'
            $record['quarantine'] = @{ since = Get-UtcText }
            $record['hold'] = @{ state = 'pending'; since = Get-UtcText; staging = $staging; by = "$Epoch.$RunId"; boot_id = Get-BootId; facts = '' }
            try { Write-Record $record } catch { $null = $_ }        # as above; the record is written again at the end, and that is told
            Set-ServiceState -StartType 'Disabled' -Status 'Stopped'
            $record['hold']['since'] = Get-UtcText
            $record['hold']['state'] = 'complete'
            [pscustomobject]@{ changed = $true; state = 'complete' }
        })
}
