# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Assert-EndpointValue {
    <#
    .SYNOPSIS
    Refuses values that no endpoint can have: endpoint_values.
    .DESCRIPTION
    They are written into the session configuration file, and Get-PSSessionConfiguration runs that file as a script: nothing is taken that could end
    a text there, the curly quotes that PowerShell takes for straight ones among them.
    #>
    param([Parameter(Mandatory = $true)][string]$Name, [string[]]$Groups = @(), [string[]]$AccountGroups = @(), [string]$ManagedAccount = '')
    if ($Name -cnotmatch '\A[A-Za-z][A-Za-z0-9_.-]{0,60}\z') {
        New-Refusal 'endpoint_values' 'the name must begin with a letter, and have letters, digits, _ . and - only'
    }
    if (@($Groups).Count -eq 0) { New-Refusal 'endpoint_values' 'no group is given, so that nobody could use the endpoint' }
    if ($ManagedAccount -and @($AccountGroups).Count -gt 0) {
        New-Refusal 'endpoint_values' 'a managed account has its own groups, account groups are for a virtual one'
    }
    foreach ($each in @($Groups) + @($AccountGroups)) {
        if ($each -cnotmatch '\A[^\x00-\x1f"''/:;|=,+*?<>\[\]{}$`\u2018-\u201f]{1,256}\z') { New-Refusal 'endpoint_values' "'$each' is no name of a group" }
    }
    if ($ManagedAccount -and $ManagedAccount -cnotmatch '\A[A-Za-z0-9_.-]{1,64}\\[A-Za-z0-9_.-]{1,64}\$\z') {
        New-Refusal 'endpoint_values' "'$ManagedAccount' is no managed account; write DOMAIN\name with a dollar sign at its end"
    }
}
