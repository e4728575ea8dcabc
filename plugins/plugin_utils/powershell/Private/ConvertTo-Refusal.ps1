# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function ConvertTo-Refusal {
    <#
    .SYNOPSIS
    An error from within a change as one of ours. One that has no code may have come before or after an effect: unknown_result, never less.
    #>
    param([Parameter(Mandatory = $true)][System.Management.Automation.ErrorRecord]$Problem)
    if ($Problem.FullyQualifiedErrorId -like 'EntraConnect.*') { return $Problem }
    try { New-Refusal 'unknown_result' (Get-ErrorText $Problem) } catch { return $_ }
}
