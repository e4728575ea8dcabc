# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Enable-EntraSyncStaging {
    <#
    .SYNOPSIS
    Demotes: turns staging mode on by the global settings, which Microsoft does not support (adsync.md 3.3).
    .DESCRIPTION
    A server that reads staging already is left alone, since every call re-applies side effects. Codes: sign_in_wanted, service_stopped, adsync_error.
    #>
    param([int]$Epoch, [string]$RunId, [int]$TimeoutSeconds = 60)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Enable-EntraSyncStaging' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            $changed = (Get-StagingReading).settings -ne 'True'
            if ($changed) {
                Assert-SettingsWay
                Invoke-Sync { Set-StagingSetting -Value 'True' }
            }
            $reading = Get-StagingReading
            [pscustomobject]@{ changed = $changed; staging_scheduler = $reading.scheduler; staging_settings = $reading.settings }
        })
}
