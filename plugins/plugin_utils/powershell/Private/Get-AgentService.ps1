# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-AgentService {
    <#
    .SYNOPSIS
    The services of Entra Connect and its agents (adsync.md 5.3). found is null where the list of services cannot be read.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $names = 'ADSync', 'AzureADConnectHealthSyncMonitor', 'AzureADConnectHealthSyncInsights', 'AzureADConnectAgentUpdater', 'AzureADConnectAuthenticationAgent'
    foreach ($name in $names) {
        $told = [ordered]@{ name = $name; found = $null; status = ''; start_type = '' }
        try {
            $service = Get-Service -Name $name -ErrorAction Stop
            $told.found = $true
            $told.status = [string]$service.Status
            $told.start_type = [string]$service.StartType
        }
        catch { if ([string]$_.FullyQualifiedErrorId -like 'NoServiceFoundForGivenName*') { $told.found = $false } }
        [pscustomobject]$told
    }
}
