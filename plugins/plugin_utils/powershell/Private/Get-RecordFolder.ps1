# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-RecordFolder {
    <#
    .SYNOPSIS
    The folder of record and journal.
    #>
    if (-not $env:ProgramData) { throw 'the variable ProgramData is not set' }
    return (Join-Path $env:ProgramData 'EntraConnectOps')
}
