# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ProcessState {
    <#
    .SYNOPSIS
    Whether wizard, Synchronization Service Manager and an installer run; null where the processes cannot be read.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    try {
        $names = @(foreach ($process in @(Get-Process -ErrorAction Stop)) { [string]$process.Name })
        if ($names -contains '') { throw 'a process has no name' }
    }
    catch { return @{ wizard = $null; manager = $null; installer = $null } }
    # msiexec also stands by as a service without installing anything; two of them are an installation
    return @{
        wizard = $names -contains 'AzureADConnect'
        manager = $names -contains 'miisclient'
        installer = @($names -eq 'msiexec').Count -gt 1
    }
}
