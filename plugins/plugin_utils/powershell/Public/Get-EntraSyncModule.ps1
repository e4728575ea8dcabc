# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncModule {
    <#
    .SYNOPSIS
    Which version of our functions answers, and which are installed on this server; changes nothing.
    .DESCRIPTION
    version, sha256 and path are those of the module that this function was loaded from, empty where its text was sent inline. installed
    lists every installed version, newest first. sha256 goes over all files of a version, so that a changed file is seen.
    endpoint is reader or operator, where this call came through one of ours. Codes: none.
    #>
    param()
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $answer = @{ name = 'EntraConnectOps'; version = Get-ModuleVersion; sha256 = ''; path = ''; endpoint = Get-EndpointName
        installed = @(Get-ModuleInstallation) }
    if ($answer.version) {
        $answer.path = [string]$ExecutionContext.SessionState.Module.ModuleBase
        $answer.sha256 = Get-FolderHash -Path $answer.path
    }
    return [pscustomobject]$answer
}
