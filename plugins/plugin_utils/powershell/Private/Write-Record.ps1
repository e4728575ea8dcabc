# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Write-Record {
    <#
    .SYNOPSIS
    Replaces the record whole, so that a crash leaves the old one or the new one. Called under the mutex only.
    .PARAMETER Before
    Nothing has changed yet: a record that cannot be written is then journal_failed, else unknown_result.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record, [switch]$Before)
    $code = 'unknown_result'
    if ($Before) { $code = 'journal_failed' }
    try {
        Write-WholeFile -Path (Join-Path (Get-RecordFolder) 'record.json') -Text (ConvertTo-Json -InputObject $Record -Depth 5)
    }
    catch { New-Refusal $code "the record cannot be written: $(Get-ErrorText $_)" }
}
