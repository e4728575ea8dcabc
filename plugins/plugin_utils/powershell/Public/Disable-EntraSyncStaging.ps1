# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Disable-EntraSyncStaging {
    <#
    .SYNOPSIS
    Promotes: turns staging mode off by the global settings, which Microsoft does not support (adsync.md 3.3), on a ticket that is not too old.
    .DESCRIPTION
    The promotion is recorded before the flag changes. Codes: claim_incomplete, target_held, target_pending, target_quarantined,
    target_restored, child_running, role_changed, wizard_open, ticket_token, ticket_boot, ticket_old, service_stopped, sign_in_wanted,
    adsync_error, module_missing, claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Ticket
    What Get-EntraSyncTicket gave before the other servers were read.
    .PARAMETER MaxAgeSeconds
    How old the ticket may be, by this server's monotonic clock.
    .PARAMETER TimeoutSeconds
    The same for every way of a change of role; the way of the global settings answers at once and does not use it.
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
            $issued = $part[1] -as [long]
            if ($null -eq $issued) { New-Refusal 'ticket_token' 'the ticket is none of ours' }
            $age = (Get-MonotonicMilliseconds) - $issued
            if ($age -lt 0 -or $age -gt 1000 * $MaxAgeSeconds) { New-Refusal 'ticket_old' "the ticket is $([int]($age / 1000)) s old, at most $MaxAgeSeconds s are allowed" }
            Assert-SettingsWay
            $record['promotion'] = @{ epoch = $Epoch; run_id = $RunId; at = Get-UtcText; method = 'settings' }
            Write-Record $record -Before
            $reading = Set-StagingFlag -Value 'False'
            [pscustomobject]@{ changed = $true; staging_scheduler = $reading.scheduler; staging_settings = $reading.settings }
        })
}
