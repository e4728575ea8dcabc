# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EndpointFolder {
    <#
    .SYNOPSIS
    The folder of what is wanted of our endpoints, beside the record.
    #>
    return (Join-Path (Get-RecordFolder) 'endpoints')
}
