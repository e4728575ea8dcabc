# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-Found {
    <#
    .SYNOPSIS
    Notes what was found and what we set instead; what was found is kept over claims.
    .DESCRIPTION
    Where the present value is not the one that we had set, somebody changed it since: then that is what was found.
    .PARAMETER Found
    The present value.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record, [string]$Name, [string]$Found, [string]$Set)
    foreach ($each in @($Record['found'])) {
        if ($each['name'] -eq $Name) {
            if ($each['set'] -ne $Found) { $each['found'] = $Found }
            $each['set'] = $Set
            return
        }
    }
    $Record['found'] = @($Record['found']) + @(@{ name = $Name; found = $Found; set = $Set })
}
