# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Invoke-InChild {
    <#
    .SYNOPSIS
    Runs one cmdlet in a child process with a time limit, since it may open a sign-in that nobody sees. Returns its error text, empty where it
    ended well, or "TIMEOUT". Command and values travel as JSON on standard input; the script text is constant.
    #>
    param([Parameter(Mandatory = $true)][string]$Command, [Parameter(Mandatory = $true)][hashtable]$Parameters, [hashtable]$Record, [int]$TimeoutSeconds)
    $script = '$ErrorActionPreference="Stop"; $in=ConvertFrom-Json ([Console]::In.ReadToEnd()); if ($in.module) { Import-Module $in.module }; ' +
        '$p=@{}; foreach ($x in $in.parameters.PSObject.Properties) { $p[$x.Name]=$x.Value }; ' +
        'try { $null = & $in.command @p; [Console]::Out.Write("OK") } catch { [Console]::Out.Write($_.Exception.Message); exit 1 }'
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = (Get-Process -Id $PID).Path
    if ($start.FileName -notmatch '(powershell|pwsh)(\.exe)?$') { $start.FileName = Join-Path $PSHOME 'powershell.exe' }
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($script))
    $start.Arguments = "-NoLogo -NoProfile -NonInteractive -EncodedCommand $encoded"
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $process = [Diagnostics.Process]::Start($start)
    $Record['child'] = @{ pid = $process.Id; started = Get-UtcText $process.StartTime.ToUniversalTime(); function = $Command
        deadline = Get-UtcText ([DateTime]::UtcNow.AddSeconds($TimeoutSeconds)) }
    Write-Record $Record
    $module = Get-Module -Name 'ADSync' | Select-Object -First 1
    $path = ''
    if ($null -ne $module) { $path = $module.Path }
    $process.StandardInput.Write((ConvertTo-Json -InputObject @{ command = $Command; parameters = $Parameters; module = $path } -Depth 3 -Compress))
    $process.StandardInput.Close()
    $output = $process.StandardOutput.ReadToEndAsync()
    $null = $process.StandardError.ReadToEndAsync()
    if (-not $process.WaitForExit($TimeoutSeconds * 1000)) {
        Stop-Process -Id $process.Id -Force -ErrorAction SilentlyContinue
        $null = $process.WaitForExit(5000)
        $Record['child'] = $null
        return 'TIMEOUT'
    }
    $Record['child'] = $null
    if ($output.Result -eq 'OK') { return '' }
    return $output.Result
}
