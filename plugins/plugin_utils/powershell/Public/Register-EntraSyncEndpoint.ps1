# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Register-EntraSyncEndpoint {
    <#
    .SYNOPSIS
    Asks for a restricted PowerShell endpoint on which only our functions can be called; a process of its own registers it and restarts WinRM.
    .DESCRIPTION
    The answer tells that it was asked for; Get-EntraSyncEndpoint tells what came of it. The restart ends every remote session of this server, this one
    too. Without a token only a live claim stands against it. Codes: claim_live, endpoint_values, endpoint_foreign, endpoint_start,
    server_module_missing, busy, record_unreadable, journal_failed, unknown_result.
    .PARAMETER Name
    Name of the endpoint.
    .PARAMETER Capability
    reader or operator: which of the module's role capability files.
    .PARAMETER Groups
    Who may use it, as DOMAIN\group.
    .PARAMETER AccountGroups
    Groups of the virtual account; it is a local administrator where there are none.
    .PARAMETER ManagedAccount
    A group managed service account in the place of a virtual one, as DOMAIN\name$.
    .PARAMETER Fingerprint
    Checksum over what is wanted; it becomes a part of the description.
    #>
    param([Parameter(Mandatory = $true)][string]$Name, [Parameter(Mandatory = $true)][ValidateSet('reader', 'operator')][string]$Capability,
        [string[]]$Groups = @(), [string[]]$AccountGroups = @(), [string]$ManagedAccount = '',
        [Parameter(Mandatory = $true)][ValidatePattern('\A[0-9a-f]{64}\z')][string]$Fingerprint)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Register-EntraSyncEndpoint' -NeedsToken $false -Change {
            param($record)
            $wanted = @{ name = $Name; state = 'present'; capability = $Capability; groups = @($Groups); account_groups = @($AccountGroups)
                managed_account = $ManagedAccount; fingerprint = $Fingerprint }
            Start-EndpointChange -Wanted $wanted -Record $record
            [pscustomobject]@{ changed = $true; name = $Name; since = $wanted['since'] }
        })
}
