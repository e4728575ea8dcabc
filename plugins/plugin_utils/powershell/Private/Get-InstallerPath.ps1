# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-InstallerPath {
    <#
    .SYNOPSIS
    Where an installer is: the path that was given, or a file of that name in our own folder (bad_file_name).
    #>
    param([string]$Path, [string]$File)
    if ($Path) { return $Path }
    Assert-FileName -Name $File
    return (Join-Path (Get-FileFolder) $File)
}
