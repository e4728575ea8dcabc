# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-ChildAlive {
    <#
    .SYNOPSIS
    Whether the child process of the record still lives; its start time tells it from a later process with the same number.
    #>
    param($Child)
    if ($null -eq $Child) { return $false }
    $process = Get-Process -Id ([int]$Child['pid']) -ErrorAction SilentlyContinue
    if ($null -eq $process) { return $false }
    return ((Get-UtcText $process.StartTime.ToUniversalTime()) -eq [string]$Child['started'])
}
