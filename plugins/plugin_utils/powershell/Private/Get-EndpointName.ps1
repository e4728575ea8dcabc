# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EndpointName {
    <#
    .SYNOPSIS
    Through which of our endpoints this session came: reader, operator, or empty for any other. Its role capability file sets the variable.
    #>
    return [string]$env:ENTRA_CONNECT_OPS_ENDPOINT
}
