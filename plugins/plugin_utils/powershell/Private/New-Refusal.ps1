# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function New-Refusal {
    <#
    .SYNOPSIS
    Ends the function with a refusal of ours: id "EntraConnect.CODE", one plain sentence. The table of codes is on the controller.
    #>
    param([Parameter(Mandatory = $true)][string]$Code, [Parameter(Mandatory = $true)][string]$Message)
    $exception = New-Object System.InvalidOperationException $Message
    $record = New-Object System.Management.Automation.ErrorRecord $exception, "EntraConnect.$Code", 'InvalidOperation', $null
    throw $record
}
