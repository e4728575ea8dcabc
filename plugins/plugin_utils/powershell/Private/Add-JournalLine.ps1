# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Add-JournalLine {
    <#
    .SYNOPSIS
    Appends one line to the journal and waits until it is on the disk. Called under the mutex only. Throws what the file system says.
    .DESCRIPTION
    A journal that another program holds is tried again for two seconds, one whose folder is not there is not. A line that did not fit is taken back, and one that a crash cut off is
    ended first, so that every line is either whole or alone.
    #>
    param([Parameter(Mandatory = $true)][string]$Line)
    $path = Join-Path (Get-RecordFolder) 'journal.jsonl'
    $file = $null
    for ($attempt = 1; $null -eq $file; $attempt++) {
        # without a buffer: what does not fit must fail in Write, not when the file is closed
        try { $file = New-Object IO.FileStream $path, ([IO.FileMode]::OpenOrCreate), ([IO.FileAccess]::ReadWrite), ([IO.FileShare]::ReadWrite), 1 }
        catch {
            $problem = $_.Exception.GetBaseException()
            if ($attempt -ge 10 -or $problem -isnot [IO.IOException] -or $problem -is [IO.DirectoryNotFoundException]) { throw }
            Start-Sleep -Milliseconds 200
        }
    }
    try {
        $length = $file.Length
        $text = "$Line`n"
        if ($length -gt 0) {
            $null = $file.Seek(-1, [IO.SeekOrigin]::End)
            if ($file.ReadByte() -ne 10) { $text = "`n$text" }
        }
        $bytes = [Text.Encoding]::UTF8.GetBytes($text)
        $null = $file.Seek(0, [IO.SeekOrigin]::End)
        try {
            $file.Write($bytes, 0, $bytes.Length)
            $file.Flush($true)
        }
        catch {
            $problem = $_
            try { $file.SetLength($length) } catch { $null = $_ }   # best effort: the next line ends a half one
            throw $problem
        }
    }
    finally { $file.Dispose() }
}
