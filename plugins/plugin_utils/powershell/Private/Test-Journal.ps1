# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-Journal {
    <#
    .SYNOPSIS
    Whether the journal can be written: its file opens for writing, or its folder is not there yet. Writes nothing.
    #>
    try {
        $path = Join-Path (Get-RecordFolder) 'journal.jsonl'
        if (-not (Test-Path -LiteralPath $path)) { return $true }
        $file = [IO.File]::Open($path, [IO.FileMode]::Open, [IO.FileAccess]::Write, [IO.FileShare]::ReadWrite)
        $file.Dispose()
        return $true
    }
    catch { return $false }
}
