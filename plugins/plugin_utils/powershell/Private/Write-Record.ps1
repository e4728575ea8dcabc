# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Write-Record {
    <#
    .SYNOPSIS
    Replaces the record whole, so that a crash leaves the old one or the new one. Called under the mutex only.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record)
    $folder = Get-RecordFolder
    Initialize-RecordFolder
    $path = Join-Path $folder 'record.json'
    $part = Join-Path $folder 'record.json.part'
    $text = ConvertTo-Json -InputObject $Record -Depth 5
    [IO.File]::WriteAllText($part, $text, (New-Object Text.UTF8Encoding $false))
    if (Test-Path -LiteralPath $path) { [IO.File]::Replace($part, $path, [NullString]::Value) }
    else { Move-Item -LiteralPath $part -Destination $path -ErrorAction Stop }
}
