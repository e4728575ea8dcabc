# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-PropertyValue {
    <#
    .SYNOPSIS
    A property of an object, or a key of a table; null where there is none: versions differ in what they tell (adsync.md 0.1), and what is not told is not read.
    #>
    param($From, [Parameter(Mandatory = $true)][string]$Name)
    if ($null -eq $From) { return $null }
    if ($From -is [Collections.IDictionary]) { return $From[$Name] }
    $property = $From.PSObject.Properties[$Name]
    if ($null -eq $property) { return $null }
    return $property.Value
}
