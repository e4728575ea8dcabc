# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Initialize-RecordFolder {
    <#
    .SYNOPSIS
    Makes the folder of record and journal, open to Administrators and SYSTEM only. Protected at each change: every user may make folders in ProgramData,
    and who made this one first would own it.
    #>
    $folder = Get-RecordFolder
    if (-not (Test-Path -LiteralPath $folder)) { $null = New-Item -ItemType Directory -Path $folder -Force -ErrorAction Stop }
    Protect-Folder -Path $folder
}
