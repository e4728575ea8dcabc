# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Lock-File {
    <#
    .SYNOPSIS
    Opens a file so that others may read it and nobody may write, rename or delete it, until the stream is disposed; nothing where there is no file.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    if (-not (Test-Path -LiteralPath $Path -PathType Leaf)) { return }
    try { return (New-Object IO.FileStream (Convert-Path -LiteralPath $Path), ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::Read)) }
    catch { New-Refusal 'installer_missing' "the file $Path cannot be read: $(Get-ErrorText $_)" }
}
