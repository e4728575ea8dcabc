# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Write-EndpointFile {
    <#
    .SYNOPSIS
    Replaces one of an endpoint's files whole, in a folder that is closed to others. Throws what the file system says.
    .PARAMETER Kind
    wanted: what was asked for. result: what came of it.
    #>
    param([Parameter(Mandatory = $true)][string]$Name, [Parameter(Mandatory = $true)][ValidateSet('wanted', 'result')][string]$Kind,
        [Parameter(Mandatory = $true)][hashtable]$Value)
    $folder = Get-EndpointFolder
    if (-not (Test-Path -LiteralPath $folder)) { $null = New-Item -ItemType Directory -Path $folder -Force -ErrorAction Stop }
    Protect-Folder -Path $folder
    Write-WholeFile -Path (Join-Path $folder "$Name.$Kind.json") -Text (ConvertTo-Json -InputObject $Value -Depth 4)
}
