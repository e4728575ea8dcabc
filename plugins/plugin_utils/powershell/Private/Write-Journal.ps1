# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Write-Journal {
    <#
    .SYNOPSIS
    Appends one entry to the journal. No journal, no change: an intent that cannot be written is journal_failed, a result unknown_result.
    #>
    param([Parameter(Mandatory = $true)][string]$Function, [Parameter(Mandatory = $true)][string]$What, [string]$Token = '', [string]$Detail = '')
    $code = 'unknown_result'
    if ($What -eq 'intent') { $code = 'journal_failed' }
    if ($What -eq 'intent') { Initialize-RecordFolder }   # every change begins with it; a poll, which renews a lease, protects nothing anew
    try {
        $entry = [ordered]@{ at = Get-UtcText; function = $Function; what = $What; token = $Token; detail = $Detail; user = "$env:USERDOMAIN\$env:USERNAME" }
        Add-JournalLine -Line (ConvertTo-Json -InputObject $entry -Compress)
    }
    catch { New-Refusal $code "the journal cannot be written ($What): $(Get-ErrorText $_)" }
}
