# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ConnectorFact {
    <#
    .SYNOPSIS
    Name, identifier and kind of a connector. The identifier of the Entra connector is the same everywhere (adsync.md 2.5).
    #>
    param([Parameter(Mandatory = $true)]$Connector)
    Set-StrictMode -Off   # versions differ in what they tell (adsync.md 0.1), and what is not told is not read
    $kind = 'other'
    if ([string]$Connector.Identifier -eq 'b891884f-051e-4a83-95af-2544101c9083') { $kind = 'entra' }
    elseif ([string]$Connector.ConnectorTypeName -eq 'AD') { $kind = 'ad' }
    return [pscustomobject]@{ name = [string]$Connector.Name; identifier = [string]$Connector.Identifier; kind = $kind }
}
