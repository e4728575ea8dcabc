# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Compress-Folder {
    <#
    .SYNOPSIS
    Packs the files of a folder into a new zip, names relative to the folder and with '/'. Throws; what was begun is then deleted.
    #>
    param([Parameter(Mandatory = $true)][string]$Folder, [Parameter(Mandatory = $true)][string[]]$Files, [Parameter(Mandatory = $true)][string]$Path)
    foreach ($assembly in 'System.IO.Compression', 'System.IO.Compression.FileSystem') { Add-Type -AssemblyName $assembly }
    $whole = $false
    $file = New-Object IO.FileStream $Path, ([IO.FileMode]::CreateNew), ([IO.FileAccess]::Write), ([IO.FileShare]::None)
    try {
        $zip = New-Object IO.Compression.ZipArchive $file, ([IO.Compression.ZipArchiveMode]::Create)
        try {
            foreach ($each in $Files) {
                $name = $each.Substring($Folder.Length + 1).Replace('\', '/')
                $null = [IO.Compression.ZipFileExtensions]::CreateEntryFromFile($zip, $each, $name)
            }
        }
        finally { $zip.Dispose() }
        $whole = $true
    }
    finally {
        $file.Dispose()
        if (-not $whole) { [IO.File]::Delete($Path) }
    }
}
