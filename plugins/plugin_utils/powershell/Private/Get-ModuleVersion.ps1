# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ModuleVersion {
    <#
    .SYNOPSIS
    The version of the module that this function was loaded from; empty where its text was sent inline.
    #>
    $module = $ExecutionContext.SessionState.Module
    if ($null -eq $module -or $module.Name -ne 'EntraConnectOps') { return '' }
    return [string]$module.Version
}
