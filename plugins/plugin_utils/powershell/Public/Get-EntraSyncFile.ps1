# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncFile {
    <#
    .SYNOPSIS
    Whether a file is in our folder, its size and checksum, and how much of one arrived that is not finished.
    .DESCRIPTION
    The one folder is %ProgramData%\EntraConnectOps\files. A file that is not there is an answer (exists is false), not an error; part_size is 0
    where nothing is unfinished. part_sha256 is that of the part as it is, so that a sender can tell whether it is a beginning of its own file.
    Codes: bad_file_name, file_unread.
    .PARAMETER Name
    A plain file name: letters, digits, dot, dash, underscore, at most 100.
    #>
    param([Parameter(Mandatory = $true)][string]$Name)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Assert-FileName -Name $Name
    $path = Join-Path (Get-FileFolder) $Name
    $file = Get-FileFact -Path $path
    $part = Get-FileFact -Path "$path.part"
    return [pscustomobject]@{
        name = $Name; exists = $file.exists; size = $file.size; sha256 = $file.sha256; part_size = $part.size; part_sha256 = $part.sha256
    }
}
