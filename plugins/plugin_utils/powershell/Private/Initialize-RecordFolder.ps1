# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Initialize-RecordFolder {
    <#
    .SYNOPSIS
    Makes the folder of record and journal, and closes it to all but Administrators and SYSTEM: journal_failed where that cannot be.
    .DESCRIPTION
    Called at the begin of each change: every user may make folders in ProgramData, and who made this one first would own it.
    #>
    $folder = Get-RecordFolder
    try {
        if (-not (Test-Path -LiteralPath $folder)) { $null = New-Item -ItemType Directory -Path $folder -Force -ErrorAction Stop }
        Protect-Folder -Path $folder
    }
    catch { New-Refusal 'journal_failed' "the folder of record and journal cannot be made, or closed to others: $(Get-ErrorText $_)" }
}
