# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Add-FilePart {
    <#
    .SYNOPSIS
    Appends bytes to an unfinished file of exactly that length: file_offset where it has another one. What cannot be written whole is taken back: file_write.
    .DESCRIPTION
    Not flushed to the disk each time: a part that lost bytes in a power cut has another checksum, and is not gone on with.
    #>
    param([Parameter(Mandatory = $true)][string]$Path, [int]$Offset, [Parameter(Mandatory = $true)][AllowEmptyCollection()][byte[]]$Bytes)
    $name = [IO.Path]::GetFileName($Path)
    if ($Offset -gt 0 -and -not (Test-Path -LiteralPath $Path)) { New-Refusal 'file_offset' "0 bytes of $name are here, the chunk begins at $Offset" }
    try {
        $null = New-Item -ItemType Directory -Path (Get-FileFolder) -Force -ErrorAction Stop
        Protect-Folder -Path (Get-FileFolder)   # at any offset: a part that somebody else put there is not gone on with
        # without a buffer: what does not fit must fail in Write, not when the file is closed
        $file = New-Object IO.FileStream $Path, ([IO.FileMode]::OpenOrCreate), ([IO.FileAccess]::Write), ([IO.FileShare]::None), 1
    }
    catch { New-Refusal 'file_write' "${name}: $(Get-ErrorText $_)" }
    try {
        $length = $file.Length
        if ($length -ne $Offset) { New-Refusal 'file_offset' "$length bytes of $name are here, the chunk begins at $Offset" }
        try {
            if ($Offset -gt 0) { $null = $file.Seek($Offset, [IO.SeekOrigin]::Begin) }
            $file.Write($Bytes, 0, $Bytes.Length)
        }
        catch {
            $problem = Get-ErrorText $_
            try { $file.SetLength($Offset) } catch { $null = $_ }   # best effort: the next chunk is refused by its offset otherwise
            New-Refusal 'file_write' "${name}: $problem"
        }
    }
    finally { $file.Dispose() }
}
