# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ChildProcess {
    <#
    .SYNOPSIS
    The living process that the record names as a child, or nothing. Its start time tells it from a later process with the same number.
    .DESCRIPTION
    A second is allowed between the two times: not every system gives them to every reader alike. Throws where a process of that number cannot
    be judged, since that is not "no".
    #>
    param($Child)
    if ($null -eq $Child) { return $null }
    $id = [int]$Child['pid']
    try { $process = [Diagnostics.Process]::GetProcessById($id) } catch [ArgumentException] { return $null }
    try {
        $null = $process.Handle   # while it is open, Windows gives the number to no other process
        if ($process.HasExited) { return $null }
        $apart = $process.StartTime.ToUniversalTime() - (ConvertFrom-UtcText $Child['started'])
    }
    catch {
        if ($process.HasExited) { return $null }
        throw
    }
    if ([Math]::Abs($apart.TotalSeconds) -gt 1) { return $null }
    return $process
}
