# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function ConvertTo-Table {
    <#
    .SYNOPSIS
    An object that came from JSON as a hashtable; other values as they are, times as text again.
    #>
    param($Value)
    if ($Value -is [DateTime]) { return (Get-UtcText $Value) }
    if ($Value -isnot [System.Management.Automation.PSCustomObject]) { return , $Value }
    $table = @{}
    foreach ($property in $Value.PSObject.Properties) {
        $item = $property.Value
        if ($item -is [DateTime]) { $item = Get-UtcText $item }
        $table[$property.Name] = $item
    }
    return $table
}
