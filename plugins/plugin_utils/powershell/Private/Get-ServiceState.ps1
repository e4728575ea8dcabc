# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ServiceState {
    <#
    .SYNOPSIS
    Status and start type of the service ADSync as text; empty where it cannot be read.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    try {
        $service = Get-Service -Name 'ADSync' -ErrorAction Stop
        return @{ status = [string]$service.Status; start_type = [string]$service.StartType }
    }
    catch { return @{ status = ''; start_type = '' } }
}
