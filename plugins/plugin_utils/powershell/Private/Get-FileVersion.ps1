# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-FileVersion {
    <#
    .SYNOPSIS
    The version of a program file, empty where there is none, or it has none.
    .DESCRIPTION
    By its four numbers, which no language writes in its own way; by its text where they are not told.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    try { $info = (Get-Item -LiteralPath $Path -ErrorAction Stop).VersionInfo } catch { return '' }
    $numbers = @(foreach ($name in 'FileMajorPart', 'FileMinorPart', 'FileBuildPart', 'FilePrivatePart') { [int]$info.$name })
    if (@($numbers -ne 0).Count -gt 0) { return ($numbers -join '.') }
    foreach ($name in 'FileVersion', 'ProductVersion') {
        if ([string]$info.$name -match '\A\s*(\d+(\.\d+){3})\b' -and $Matches[1] -ne '0.0.0.0') { return $Matches[1] }
    }
    return ''
}
