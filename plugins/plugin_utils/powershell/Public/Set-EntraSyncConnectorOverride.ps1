# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-EntraSyncConnectorOverride {
    <#
    .SYNOPSIS
    Queues a full import or a full synchronisation of one connector for its next cycle, or takes it out of the queue (adsync.md 2.12, 6.2).
    .DESCRIPTION
    Only what is given is set. It starts no cycle. Codes: connector_missing, service_stopped, adsync_error, module_missing, claim_live,
    claim_missing, claim_changed, claim_ended, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Connector
    Name of the connector.
    .PARAMETER FullImport
    Whether its next cycle does a full import.
    .PARAMETER FullSync
    Whether its next cycle does a full synchronisation.
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][AllowEmptyString()][string]$Connector, [object]$FullImport, [object]$FullSync)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $given = $PSBoundParameters
    Import-Sync
    return (Invoke-Change -Function 'Set-EntraSyncConnectorOverride' -Epoch $Epoch -RunId $RunId -NeedsToken $false -Detail $Connector -Change {
            $found = @(Invoke-Sync { Get-ADSyncConnector -ErrorAction Stop } | Where-Object { [string]$_.Name -eq $Connector })
            if ($found.Count -ne 1) { New-Refusal 'connector_missing' "there is no connector '$Connector'" }
            $set = @{ ConnectorIdentifier = $found[0].Identifier }
            if ($given.ContainsKey('FullImport')) { $set['FullImportRequired'] = [bool]$FullImport }
            if ($given.ContainsKey('FullSync')) { $set['FullSyncRequired'] = [bool]$FullSync }
            $null = Invoke-Sync { Set-ADSyncSchedulerConnectorOverride @set -ErrorAction Stop -WarningAction SilentlyContinue }
            [pscustomobject]@{ changed = $true }
        })
}
