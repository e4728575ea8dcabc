# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-FullPart {
    <#
    .SYNOPSIS
    What is read only when everything is asked for: connectors, pending exports, last runs, versions, automatic upgrade, writeback.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $part = @{ tenant = ''; connectors = $null; pending = $null; pending_error = ''; runs = $null; overrides = $null; auto_upgrade = ''
        password_writeback = Get-WritebackState; configuration_version = ''; journal_writable = Test-Journal; scheduler_wants_sign_in = Test-SignInPossible }
    try {
        $part.connectors = @(foreach ($connector in @(Get-ADSyncConnector -ErrorAction Stop)) { Get-ConnectorFact $connector })
        foreach ($connector in $part.connectors) { if ($connector.kind -eq 'entra') { $part.tenant = $connector.name -replace ' - AAD$', '' } }
        $part.pending = @(foreach ($connector in $part.connectors) {
                $count = Get-PendingCount -Connector $connector.name
                [pscustomobject]@{ connector = $connector.name; adds = $count.adds; updates = $count.updates; deletes = $count.deletes }
            })
    }
    catch { $part.pending = $null; $part.pending_error = ([string]$_.Exception.Message -split "`n")[0].Trim() }
    try {
        $newest = [ordered]@{}
        foreach ($step in @(Get-RunStep -Newest 50)) {
            $key = "$($step.connector)|$($step.profile)|$($step.step)"
            if (-not $newest.Contains($key)) { $newest[$key] = $step }
        }
        $part.runs = @($newest.Values)
    }
    catch { $part.runs = $null }
    try {
        $part.overrides = @(foreach ($connector in @($part.connectors)) {
                foreach ($override in @(Get-ADSyncSchedulerConnectorOverride -ConnectorIdentifier $connector.identifier -ErrorAction Stop)) {
                    if ($null -ne $override) {
                        [pscustomobject]@{ connector = $connector.name; full_import = [bool]$override.FullImportRequired; full_sync = [bool]$override.FullSyncRequired }
                    }
                }
            })
    }
    catch { $part.overrides = $null }
    try { $part.auto_upgrade = [string](Get-ADSyncAutoUpgrade -ErrorAction Stop) } catch { $part.auto_upgrade = '' }
    try {
        $parameter = Get-KeyedParameter (Get-GlobalSettings).Parameters 'Microsoft.Synchronize.ServerConfigurationVersion'
        $part.configuration_version = [string]$parameter.Value
    }
    catch { $part.configuration_version = '' }
    return $part
}
