# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-FileFolder {
    <#
    .SYNOPSIS
    The one folder that files are sent to and fetched from, beside the record.
    #>
    return (Join-Path (Get-RecordFolder) 'files')
}
