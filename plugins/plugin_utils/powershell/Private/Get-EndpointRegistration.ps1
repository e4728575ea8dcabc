# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EndpointRegistration {
    <#
    .SYNOPSIS
    What Windows knows of a session configuration: whether it exists, whether we made it, with which capability and fingerprint.
    .DESCRIPTION
    What we made is known by its description, which Windows gives back from the configuration file. All are listed, since a name that does not exist
    and a list that cannot be read are errors of the same kind; a server that answers has at least the one that it is asked through.
    #>
    param([Parameter(Mandatory = $true)][string]$Name)
    Set-StrictMode -Off   # Windows runs this cmdlet as a script in our scope
    $all = @(Get-PSSessionConfiguration -ErrorAction Stop)
    if ($all.Count -eq 0) { throw 'the session configurations of this server cannot be listed' }
    $found = @{ exists = $false; ours = $false; capability = ''; fingerprint = ''; description = '' }
    foreach ($each in $all) {
        if ($each.Name -ne $Name) { continue }
        $found.exists = $true
        if ($null -ne $each.PSObject.Properties['Description']) { $found.description = [string]$each.Description }
        if ($found.description -match '\AEntraConnectOps (reader|operator) ([0-9a-f]{64})\z') {
            $found.ours = $true
            $found.capability = $Matches[1]
            $found.fingerprint = $Matches[2]
        }
    }
    return $found
}
