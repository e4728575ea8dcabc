# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncInstaller {
    <#
    .SYNOPSIS
    Whether an MSI is on this server, and its checksum; runs and changes nothing.
    .PARAMETER Path
    Path of the file on this server.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) { return [pscustomobject]@{ exists = $false; sha256 = ''; version = ''; size = 0 } }
    $hash = (Get-FileHash -LiteralPath $Path -Algorithm SHA256 -ErrorAction Stop).Hash
    return [pscustomobject]@{ exists = $true; sha256 = [string]$hash; version = ''; size = [long](Get-Item -LiteralPath $Path).Length }
}
