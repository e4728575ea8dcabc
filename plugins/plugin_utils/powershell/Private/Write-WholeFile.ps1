# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Write-WholeFile {
    <#
    .SYNOPSIS
    Writes a file of ours beside its place, waits until that is on the disk, then puts it into its place. Throws what the file system says.
    #>
    param([Parameter(Mandatory = $true)][string]$Path, [Parameter(Mandatory = $true)][AllowEmptyString()][string]$Text)
    $part = "$Path.part"
    $bytes = (New-Object Text.UTF8Encoding $false).GetBytes($Text)
    # on the disk before the rename: after a power cut the new name must not stand for an empty file
    $file = New-Object IO.FileStream $part, ([IO.FileMode]::Create), ([IO.FileAccess]::Write), ([IO.FileShare]::None), 1
    try {
        $file.Write($bytes, 0, $bytes.Length)
        $file.Flush($true)
    }
    finally { $file.Dispose() }
    if (Test-Path -LiteralPath $Path) { [IO.File]::Replace($part, $Path, [NullString]::Value) }
    else { [IO.File]::Move($part, $Path) }
}
