# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-StreamHash {
    <#
    .SYNOPSIS
    SHA-256 of what is left in a stream, hexadecimal in capitals.
    #>
    param([Parameter(Mandatory = $true)][IO.Stream]$Stream)
    $sha = [Security.Cryptography.SHA256]::Create()
    try { return ([BitConverter]::ToString($sha.ComputeHash($Stream)) -replace '-', '') }
    finally { $sha.Dispose() }
}
