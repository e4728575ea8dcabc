# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Save-EntraSyncResult {
    <#
    .SYNOPSIS
    Keeps a copy of a run's result in the folder of the record, since a job's own folder may vanish with its container.
    .DESCRIPTION
    It needs no claim: it touches nothing but that one file. Codes: busy, journal_failed, unknown_result.
    .PARAMETER RunId
    Run id, part of the file's name.
    .PARAMETER Text
    The result as JSON text.
    #>
    param([Parameter(Mandatory = $true)][ValidatePattern('^[0-9a-f]{1,32}$')][string]$RunId, [Parameter(Mandatory = $true)][string]$Text)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $path = Join-Path (Get-RecordFolder) "result-$RunId.json"
    $mutex = Enter-Mutex
    try {
        Write-Journal -Function 'Save-EntraSyncResult' -What 'intent' -Detail $RunId
        # the file is the whole effect: where it cannot be replaced the old one stays
        try { Write-WholeFile -Path $path -Text $Text } catch { New-Refusal 'journal_failed' "the result cannot be kept: $(Get-ErrorText $_)" }
        Write-Journal -Function 'Save-EntraSyncResult' -What 'done' -Detail $RunId
    }
    finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
    return [pscustomobject]@{ changed = $true; path = $path }
}
