# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-FileFact {
    <#
    .SYNOPSIS
    Whether a file is there, its size in bytes and its SHA-256, both of one moment. One that cannot be opened, as while it is written: file_unread.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) { return [pscustomobject]@{ exists = $false; size = [long]0; sha256 = '' } }
    try {
        $file = New-Object IO.FileStream $Path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::Read)
        try {
            $size = [long]$file.Length
            $sum = Get-StreamHash -Stream $file
        }
        finally { $file.Dispose() }
    }
    catch { New-Refusal 'file_unread' "$([IO.Path]::GetFileName($Path)): $(Get-ErrorText $_)" }
    return [pscustomobject]@{ exists = $true; size = $size; sha256 = $sum }
}
