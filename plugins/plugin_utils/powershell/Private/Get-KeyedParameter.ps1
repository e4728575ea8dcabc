# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-KeyedParameter {
    <#
    .SYNOPSIS
    One parameter of a keyed collection, live, or nothing: by its key, the way that is known to work, else by its name (adsync.md 3.2, B.4).
    #>
    param($Parameters, [Parameter(Mandatory = $true)][string]$Name)
    Set-StrictMode -Off   # versions differ in what they tell (adsync.md 0.1), and what is not told is not read
    $found = $null
    try { $found = $Parameters[$Name] } catch { $null = $_ }   # a list has no keys
    if ($null -ne $found -and $null -ne $found.PSObject.Properties['Value']) { return $found }
    foreach ($each in @($Parameters)) { if ([string]$each.Name -eq $Name) { return $each } }
    return $null
}
