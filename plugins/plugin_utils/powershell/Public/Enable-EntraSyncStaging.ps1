# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Enable-EntraSyncStaging {
    <#
    .SYNOPSIS
    Demotes: turns staging mode on by the global settings, which Microsoft does not support (adsync.md 3.3).
    .DESCRIPTION
    A server that reads staging already is left alone, since every call re-applies side effects. Codes: service_stopped, sign_in_wanted,
    adsync_error, module_missing, claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER TimeoutSeconds
    The same for every way of a change of role; the way of the global settings answers at once and does not use it.
    #>
    param([int]$Epoch, [string]$RunId, [int]$TimeoutSeconds = 60)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Enable-EntraSyncStaging' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            $changed = (Invoke-Sync { Get-StagingSetting -Settings (Get-GlobalSettings) }) -ne 'True'
            if ($changed) {
                Assert-SettingsWay
                $reading = Set-StagingFlag -Value 'True'
            }
            else { $reading = Get-StagingReading }
            [pscustomobject]@{ changed = $changed; staging_scheduler = $reading.scheduler; staging_settings = $reading.settings }
        })
}
