# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-Found {
    <#
    .SYNOPSIS
    One found value of the record, or nothing.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record, [string]$Name)
    foreach ($each in @($Record['found'])) { if ($each['name'] -eq $Name) { return $each } }
    return $null
}
