# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-FileVersion {
    <#
    .SYNOPSIS
    The version of a program file, empty where there is none.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    try {
        $info = (Get-Item -LiteralPath $Path -ErrorAction Stop).VersionInfo
        return ('{0}.{1}.{2}.{3}' -f $info.FileMajorPart, $info.FileMinorPart, $info.FileBuildPart, $info.FilePrivatePart)
    }
    catch { return '' }
}
