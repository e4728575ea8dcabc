# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Read-EndpointFile {
    <#
    .SYNOPSIS
    One of an endpoint's files as a table; nothing where there is none. Throws where it cannot be read.
    #>
    param([Parameter(Mandatory = $true)][string]$Name, [Parameter(Mandatory = $true)][ValidateSet('wanted', 'result')][string]$Kind)
    $path = Join-Path (Get-EndpointFolder) "$Name.$Kind.json"
    if (-not (Test-Path -LiteralPath $path)) { return $null }
    $read = ConvertFrom-Json -InputObject ([string](Get-Content -LiteralPath $path -Raw -Encoding UTF8 -ErrorAction Stop)) -ErrorAction Stop
    $values = @{}
    if ($read -isnot [System.Management.Automation.PSCustomObject]) { throw "$path is empty, or no JSON object" }
    foreach ($property in $read.PSObject.Properties) { $values[$property.Name] = $property.Value }
    return $values
}
