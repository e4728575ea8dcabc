# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Remove-Found {
    <#
    .SYNOPSIS
    Forgets a found value, since it was restored.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record, [string]$Name)
    $Record['found'] = @(foreach ($each in @($Record['found'])) { if ($each['name'] -ne $Name) { $each } })
}
