# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncRun {
    <#
    .SYNOPSIS
    The newest runs of the run history, one record a step, newest first, and this server's time; changes nothing.
    .DESCRIPTION
    Sorted here by their start, since the cmdlet promises no order (adsync.md 2.6). Codes: service_stopped, adsync_error, module_missing.
    .PARAMETER Newest
    How many runs to read.
    #>
    param([int]$Newest = 50)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    $now = Get-UtcText
    return [pscustomobject]@{ now = $now; runs = @(Invoke-Sync { Get-RunStep -Newest $Newest }) }
}
