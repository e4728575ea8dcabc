# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function New-Refusal {
    <#
    .SYNOPSIS
    Ends the function with a refusal of ours: id "EntraConnect.CODE", one plain sentence. The table of codes is on the controller.
    .DESCRIPTION
    The one form of our errors. Code: FullyQualifiedErrorId after "EntraConnect." and before a comma. Message: Exception.Message, what is so on
    this server, one line. Hint: what to do next, by code from the controller's table (_rules/codes.yml). unknown_result is the one code that
    may come after an effect that it does not name.
    #>
    param([Parameter(Mandatory = $true)][string]$Code, [Parameter(Mandatory = $true)][string]$Message)
    $exception = New-Object System.InvalidOperationException $Message
    $record = New-Object System.Management.Automation.ErrorRecord $exception, "EntraConnect.$Code", 'InvalidOperation', $null
    throw $record
}
