# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Initialize-RecordFolder {
    <#
    .SYNOPSIS
    Makes the folder of record and journal, open to Administrators and SYSTEM only. One that is there without a journal may be anybody's, since
    every user may make folders in ProgramData: it is taken over.
    #>
    $folder = Get-RecordFolder
    if (Test-Path -LiteralPath (Join-Path $folder 'journal.jsonl')) { return }
    $null = New-Item -ItemType Directory -Path $folder -Force -ErrorAction Stop
    Protect-Folder -Path $folder
}
