# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-StagingFlag {
    <#
    .SYNOPSIS
    Changes the staging key and returns both readings. A cmdlet may fail after it has written: then what reads back counts, and what cannot be
    read is unknown_result.
    #>
    param([Parameter(Mandatory = $true)][ValidateSet('True', 'False')][string]$Value)
    $problem = $null
    try { Invoke-Sync { Set-StagingSetting -Value $Value } } catch { $problem = $_ }
    $reading = Get-StagingReading
    if ($null -eq $problem -or $reading.settings -eq $Value) { return $reading }
    if ('True', 'False' -notcontains $reading.settings) { New-Refusal 'unknown_result' "the flag cannot be read back after: $(Get-ErrorText $problem)" }
    throw $problem
}
