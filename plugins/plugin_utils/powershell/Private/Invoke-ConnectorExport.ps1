# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Invoke-ConnectorExport {
    <#
    .SYNOPSIS
    Runs csexport.exe of the sync engine for the pending exports of a connector (filter x, adsync.md 2.9) and returns what it said.
    .DESCRIPTION
    Its exit code is told and not judged: what the codes mean is not known. Throws where it cannot be started, or is not ready in time; then it is ended.
    #>
    param([Parameter(Mandatory = $true)][string]$Connector, [Parameter(Mandatory = $true)][string]$Path, [int]$Milliseconds)
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = [IO.Path]::Combine((Get-ServiceParameter), 'Bin', 'csexport.exe')
    $start.Arguments = (ConvertTo-Argument $Connector) + ' ' + (ConvertTo-Argument $Path) + ' /f:x'
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    try {
        $said = @($process.StandardOutput.ReadToEndAsync(), $process.StandardError.ReadToEndAsync())
        if (-not $process.WaitForExit($Milliseconds)) {
            $process.Kill()
            $null = $process.WaitForExit(10000)   # so that it does not hold its file any more
            throw 'csexport was not ready in time'
        }
        $null = [Threading.Tasks.Task]::WaitAll($said, 10000)
        return (@(foreach ($each in $said) { if ($each.IsCompleted) { [string]$each.Result } }) -join "`n")
    }
    finally { $process.Dispose() }
}
