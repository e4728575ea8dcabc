# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Invoke-Installer {
    <#
    .SYNOPSIS
    Runs msiexec quietly and returns its exit code; unknown_result where it does not end in time.
    #>
    param([Parameter(Mandatory = $true)][string]$Path, [int]$TimeoutSeconds)
    $process = Start-Process -FilePath 'msiexec.exe' -ArgumentList @('/i', "`"$Path`"", '/quiet', '/norestart') -PassThru -ErrorAction Stop
    if (-not $process.WaitForExit($TimeoutSeconds * 1000)) { New-Refusal 'unknown_result' "msiexec did not end within $TimeoutSeconds seconds" }
    return [int]$process.ExitCode
}
