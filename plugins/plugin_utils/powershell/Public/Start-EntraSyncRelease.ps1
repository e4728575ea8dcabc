# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Start-EntraSyncRelease {
    <#
    .SYNOPSIS
    Begins a release: sets our outbound block, checks that it is effective, puts the start type back, and starts the service behind it.
    .DESCRIPTION
    Without an effective block only an unbroken hold is released, and nothing is mended: quarantine_ineffective. Codes: quarantine_ineffective,
    child_running, unknown_result, claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Mend
    The hold is wrong or broken and is to be mended, so that the block must be effective.
    #>
    param([int]$Epoch, [string]$RunId, [bool]$Mend)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Start-EntraSyncRelease' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            Stop-Child -Record $record
            $unbroken = Test-HoldUnbroken $record['hold']
            $weakness = ''
            try { Add-Block } catch { $weakness = "our rule cannot be set: $(Get-ErrorText $_)" }   # as with a stopped firewall service
            if (-not $weakness) { $weakness = (Get-BlockState).weakness }
            if ($weakness -and ($Mend -or -not $unbroken)) {
                if ($null -eq $record['quarantine']) { Remove-Block }
                New-Refusal 'quarantine_ineffective' $weakness
            }
            # what a password-hash cycle says from before is history only where the service is started here
            $up = ''
            if ((Get-ServiceState).status -ne 'Running') { $up = Get-UtcText }
            elseif ($null -ne $record['quarantine']) { $up = [string]$record['quarantine']['up_since'] }
            $record['quarantine'] = @{ since = Get-UtcText; up_since = $up }
            Write-Record $record
            $found = Get-Found -Record $record -Name 'start_type'
            $type = 'Automatic'
            if ($null -ne $found -and $found['found']) { $type = $found['found'] }
            Set-ServiceState -StartType $type -Status 'Running'
            [pscustomobject]@{ changed = $true; quarantined = (-not $weakness); effective = (-not $weakness); reason = $weakness }
        })
}
