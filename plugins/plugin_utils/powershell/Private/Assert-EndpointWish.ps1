# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Assert-EndpointWish {
    <#
    .SYNOPSIS
    Refuses what no request of ours can want of an endpoint: endpoint_values. Before it is written down, and when it is read again.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Wanted)
    $given = @{ Name = [string]$Wanted['name'] }
    if ([string]$Wanted['state'] -ceq 'absent') { $given['Groups'] = @('nobody') }   # nothing but the name is used then
    else {
        if ([string]$Wanted['state'] -cne 'present' -or [string]$Wanted['capability'] -cnotmatch '\A(reader|operator)\z' -or
            [string]$Wanted['fingerprint'] -cnotmatch '\A[0-9a-f]{64}\z') {
            New-Refusal 'endpoint_values' 'state, capability or fingerprint is none that can be asked for'
        }
        $given['Groups'] = @($Wanted['groups'])
        $given['AccountGroups'] = @($Wanted['account_groups'] | Where-Object { $null -ne $_ })
        $given['ManagedAccount'] = [string]$Wanted['managed_account']
    }
    Assert-EndpointValue @given
}
