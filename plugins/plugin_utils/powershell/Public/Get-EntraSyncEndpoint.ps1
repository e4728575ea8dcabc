# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncEndpoint {
    <#
    .SYNOPSIS
    What is registered under the name of a restricted endpoint, and how far the last request about it has come; changes nothing.
    .DESCRIPTION
    state is absent, registered, pending (asked for, no result yet) or failed (with error). capability and fingerprint are those that are
    registered, empty where the endpoint is not ours. groups, account_groups and managed_account are known where the last request is what is
    registered. since is when that request was made. Codes: none.
    .PARAMETER Name
    Name of the endpoint.
    #>
    param([Parameter(Mandatory = $true)][ValidatePattern('\A[A-Za-z][A-Za-z0-9_.-]{0,60}\z')][string]$Name)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $now = Get-EndpointRegistration -Name $Name
    $answer = @{ name = $Name; exists = $now.exists; ours = $now.ours; capability = $now.capability; fingerprint = $now.fingerprint; error = ''; since = ''
        groups = @(); account_groups = @(); managed_account = ''; state = 'absent' }
    if ($now.exists) { $answer.state = 'registered' }
    try {
        $wanted = Read-EndpointFile -Name $Name -Kind 'wanted'
        $result = Read-EndpointFile -Name $Name -Kind 'result'
        if ($null -ne $wanted) {
            $answer.since = Get-UtcText $wanted['since']
            if ($now.ours -and [string]$wanted['fingerprint'] -ceq $now.fingerprint) {
                $answer.groups = @($wanted['groups'])
                $answer.account_groups = @($wanted['account_groups'])
                $answer.managed_account = [string]$wanted['managed_account']
            }
            if ($null -eq $result -or [string]$result['id'] -cne [string]$wanted['id']) { $answer.state = 'pending' }
            elseif ($result['outcome'] -ne 'done') {
                $answer.state = 'failed'
                $answer.error = [string]$result['error']
            }
        }
    }
    catch {
        $answer.state = 'failed'
        $answer.error = "what was asked for cannot be read: $(Get-ErrorText $_)"
    }
    return [pscustomobject]$answer
}
