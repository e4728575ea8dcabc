# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Disable-EntraSyncStaging {
    <#
    .SYNOPSIS
    Promotes: turns staging mode off by the global settings, which Microsoft does not support (adsync.md 3.3), on a ticket that is not too old.
    .DESCRIPTION
    The promotion is recorded before the flag changes. Codes: those of Assert-Promotable, wizard_open, ticket_token, ticket_boot, ticket_old,
    sign_in_wanted, service_stopped, adsync_error.
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][string]$Ticket, [int]$MaxAgeSeconds, [int]$TimeoutSeconds = 60)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Disable-EntraSyncStaging' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            Assert-Promotable -Record $record
            if (-not (Test-WizardClosed)) { New-Refusal 'wizard_open' 'the wizard is open, or the processes cannot be read' }
            $part = $Ticket -split '\|'
            if ($part.Count -ne 3 -or $part[2] -cne "$Epoch.$RunId") { New-Refusal 'ticket_token' 'the ticket belongs to another claim' }
            if ($part[0] -cne (Get-BootId)) { New-Refusal 'ticket_boot' 'the server was restarted since the ticket was issued' }
            $age = (Get-MonotonicMilliseconds) - [long]$part[1]
            if ($age -lt 0 -or $age -gt 1000 * $MaxAgeSeconds) { New-Refusal 'ticket_old' "the ticket is $([int]($age / 1000)) s old, at most $MaxAgeSeconds s are allowed" }
            Assert-SettingsWay
            $record['promotion'] = @{ epoch = $Epoch; run_id = $RunId; at = Get-UtcText; method = 'settings' }
            Write-Record $record
            Invoke-Sync { Set-StagingSetting -Value 'False' }
            $reading = Get-StagingReading
            [pscustomobject]@{ changed = $true; staging_scheduler = $reading.scheduler; staging_settings = $reading.settings }
        })
}
