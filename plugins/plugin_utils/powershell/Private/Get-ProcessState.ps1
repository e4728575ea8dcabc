# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ProcessState {
    <#
    .SYNOPSIS
    Whether wizard, Synchronization Service Manager and an installer run; null where the processes cannot be read.
    #>
    try { $names = @(Get-Process -ErrorAction Stop | ForEach-Object { $_.Name }) }
    catch { return @{ wizard = $null; manager = $null; installer = $null } }
    # msiexec also stands by as a service without installing anything; two of them are an installation
    return @{
        wizard = $names -contains 'AzureADConnect'
        manager = $names -contains 'miisclient'
        installer = @($names -eq 'msiexec').Count -gt 1
    }
}
