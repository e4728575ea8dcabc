# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ErrorText {
    <#
    .SYNOPSIS
    What an error says at its root, as one line: a .NET call wraps its reason in a sentence about the call.
    #>
    param([Parameter(Mandatory = $true)][System.Management.Automation.ErrorRecord]$Problem)
    return ($Problem.Exception.GetBaseException().Message -replace '\s+', ' ').Trim()
}
