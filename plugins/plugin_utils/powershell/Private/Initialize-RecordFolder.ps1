# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Initialize-RecordFolder {
    <#
    .SYNOPSIS
    Makes the folder of record and journal, open to Administrators and SYSTEM only.
    #>
    $folder = Get-RecordFolder
    if (Test-Path -LiteralPath $folder) { return }
    $null = New-Item -ItemType Directory -Path $folder -Force -ErrorAction Stop
    Protect-Folder -Path $folder
}
