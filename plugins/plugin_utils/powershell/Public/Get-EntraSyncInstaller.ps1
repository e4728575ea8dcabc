# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncInstaller {
    <#
    .SYNOPSIS
    Whether an MSI is on this server, its checksum, who signed it, and what it installs; runs and changes nothing.
    .DESCRIPTION
    A file that is not there is an answer (exists is false), not an error. signature is Authenticode's status, empty where it cannot be read, signer
    the organisation of its certificate; product and version are empty where the file is no MSI or they cannot be read. Codes: installer_missing (it cannot be read), bad_file_name.
    .PARAMETER Path
    Path of the file on this server.
    .PARAMETER File
    Name of a file in our own folder, %ProgramData%\EntraConnectOps\files, instead.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [Parameter(Mandatory = $true, ParameterSetName = 'Path')][string]$Path,
        [Parameter(Mandatory = $true, ParameterSetName = 'File')][string]$File
    )
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $where = Get-InstallerPath -Path $Path -File $File
    $told = [ordered]@{ exists = $false; sha256 = ''; version = ''; size = 0; signature = ''; signer = ''; product = '' }
    if (-not (Test-Path -LiteralPath $where -PathType Leaf)) { return [pscustomobject]$told }
    try {
        $where = Convert-Path -LiteralPath $where -ErrorAction Stop
        $told.sha256 = [string](Get-FileHash -LiteralPath $where -Algorithm SHA256 -ErrorAction Stop).Hash
        $told.size = [long](Get-Item -LiteralPath $where -ErrorAction Stop).Length
    }
    catch { New-Refusal 'installer_missing' "the file $where cannot be read: $(Get-ErrorText $_)" }
    $signature = @{ status = ''; organisation = '' }
    try { $signature = Get-FileSignature -Path $where } catch { $null = $_ }
    $product = Get-InstallerProduct -Path $where
    $told.exists = $true
    $told.signature = $signature.status
    $told.signer = $signature.organisation
    $told.product = $product.name
    $told.version = $product.version
    return [pscustomobject]$told
}
