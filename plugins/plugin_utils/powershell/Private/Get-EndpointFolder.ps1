# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EndpointFolder {
    <#
    .SYNOPSIS
    The folder of what is wanted of our endpoints; it inherits the protection of the record's folder, in which it is.
    #>
    return (Join-Path (Get-RecordFolder) 'endpoints')
}
