# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Write-Journal {
    <#
    .SYNOPSIS
    Appends one line to the journal. No journal, no change: journal_failed.
    #>
    param([Parameter(Mandatory = $true)][string]$Function, [Parameter(Mandatory = $true)][string]$What, [string]$Token = '', [string]$Detail = '')
    try {
        Initialize-RecordFolder
        $entry = [ordered]@{ at = Get-UtcText; function = $Function; what = $What; token = $Token; detail = $Detail; user = "$env:USERDOMAIN\$env:USERNAME" }
        $line = ConvertTo-Json -InputObject $entry -Compress
        Add-Content -LiteralPath (Join-Path (Get-RecordFolder) 'journal.jsonl') -Value $line -Encoding UTF8 -ErrorAction Stop
    }
    catch { New-Refusal 'journal_failed' "the journal cannot be written: $($_.Exception.Message)" }
}
