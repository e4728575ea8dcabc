# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Unregister-EntraSyncEndpoint {
    <#
    .SYNOPSIS
    Asks for the end of a restricted endpoint of ours; a process of its own removes it and restarts WinRM.
    .DESCRIPTION
    The answer tells that it was asked for; Get-EntraSyncEndpoint tells what came of it. An endpoint that is not ours is left alone. Without a token
    only a live claim stands against it. Codes: claim_live, endpoint_foreign, endpoint_start, server_module_missing, busy, record_unreadable,
    journal_failed, unknown_result.
    .PARAMETER Name
    Name of the endpoint.
    #>
    param([Parameter(Mandatory = $true)][ValidatePattern('\A[A-Za-z][A-Za-z0-9_.-]{0,60}\z')][string]$Name)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Unregister-EntraSyncEndpoint' -NeedsToken $false -Change {
            param($record)
            $wanted = @{ name = $Name; state = 'absent'; fingerprint = '' }
            Start-EndpointChange -Wanted $wanted -Record $record
            [pscustomobject]@{ changed = $true; name = $Name; since = $wanted['since'] }
        })
}
