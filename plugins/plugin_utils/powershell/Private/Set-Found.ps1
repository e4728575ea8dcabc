# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-Found {
    <#
    .SYNOPSIS
    Notes what was found and what we set instead; what was found is written once and kept over claims.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record, [string]$Name, [string]$Found, [string]$Set)
    foreach ($each in @($Record['found'])) {
        if ($each['name'] -eq $Name) { $each['set'] = $Set; return }
    }
    $Record['found'] = @($Record['found']) + @(@{ name = $Name; found = $Found; set = $Set })
}
