# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Complete-FilePart {
    <#
    .SYNOPSIS
    Gives an unfinished file its name, where it has the checksum; one that has not is deleted: checksum_wrong.
    #>
    param([Parameter(Mandatory = $true)][string]$Path, [Parameter(Mandatory = $true)][string]$Sha256)
    $part = "$Path.part"
    $found = (Get-FileFact -Path $part).sha256
    try {
        if ($found -ne $Sha256) { [IO.File]::Delete($part) }
        else {
            # not Replace, which would keep the access list of the file that was there
            [IO.File]::Delete($Path)
            [IO.File]::Move($part, $Path)
        }
    }
    catch { New-Refusal 'file_write' "$([IO.Path]::GetFileName($Path)): $(Get-ErrorText $_)" }
    if ($found -ne $Sha256) { New-Refusal 'checksum_wrong' "$([IO.Path]::GetFileName($Path)) arrived with $found" }
}
