# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Save-EntraSyncResult {
    <#
    .SYNOPSIS
    Keeps a copy of a run's result in the folder of the record, since a job's own folder may vanish with its container.
    #>
    param([Parameter(Mandatory = $true)][ValidatePattern('^[0-9a-f]{1,32}$')][string]$RunId, [Parameter(Mandatory = $true)][string]$Text)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Initialize-RecordFolder
    $path = Join-Path (Get-RecordFolder) "result-$RunId.json"
    [IO.File]::WriteAllText($path, $Text, (New-Object Text.UTF8Encoding $false))
    return [pscustomobject]@{ changed = $true; path = $path }
}
