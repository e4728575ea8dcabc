# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ChildScript {
    <#
    .SYNOPSIS
    The constant text that a child process runs: it reads its one call as JSON, runs it beside a watch, and writes "OK" or "ERROR text".
    .DESCRIPTION
    It is safe without its parent. The parent holds the mutex of all changes for as long as the child lives; what is left is a parent that dies.
    - Dead before the call came: there is nothing or half a call to read, which is no JSON, and nothing is done.
    - Dead before the cmdlet begins (loading a module takes seconds): the child looks for its parent as the last thing before the cmdlet. So token,
      role and ticket, which the parent checked under the mutex, still hold: nobody else had the mutex in between.
    - Dead while the cmdlet runs: the record names the child; claim, hold, release and the next child end it under the mutex before they do
      anything, and refuse while it lives. The other functions do not touch the scheduler's settings, all that a child ever changes.
    - In any case it ends itself at its deadline, counted from its own start. Its cmdlet may hang for ever, so it runs on a thread of its own, and the
      end is Kill, which waits for no thread and runs nothing on the way out.
    The window that stays is between the last look for the parent and the first instruction of the cmdlet; there the record names the child already.
    #>
    return @'
$ErrorActionPreference = 'Stop'
$me = [Diagnostics.Process]::GetCurrentProcess()
$reader = New-Object IO.StreamReader ([Console]::OpenStandardInput()), ([Text.Encoding]::UTF8)
$read = $reader.ReadToEndAsync()
if (-not $read.Wait(30000)) { $me.Kill() }
$in = ConvertFrom-Json -InputObject $read.Result
if ($null -eq $in) { $me.Kill() }
$left = [Math]::Min($in.milliseconds, $in.milliseconds - ([DateTime]::UtcNow - $me.StartTime.ToUniversalTime()).TotalMilliseconds)
$work = {
    param($in)
    try {
        $ErrorActionPreference = 'Stop'
        if ($in.module) { Import-Module -Name $in.module }
        $given = @{ ErrorAction = 'Stop'; WarningAction = 'SilentlyContinue' }
        foreach ($each in $in.parameters.PSObject.Properties) { $given[$each.Name] = $each.Value }
        $parent = [Diagnostics.Process]::GetProcessById($in.parent)
        $apart = $parent.StartTime.ToUniversalTime() - (New-Object DateTime ([long]$in.parent_started), ([DateTimeKind]::Utc))
        if ([Math]::Abs($apart.TotalSeconds) -gt 1) { throw 'the caller is gone' }
        $null = & $in.command @given
        'OK'
    }
    catch { 'ERROR ' + ($_.Exception.Message -replace '\s+', ' ').Trim() }
}
$shell = [PowerShell]::Create().AddScript($work).AddArgument($in)
$running = $shell.BeginInvoke()
if ($left -lt 1 -or -not $running.AsyncWaitHandle.WaitOne([int]$left)) { $me.Kill() }
$said = [Text.Encoding]::UTF8.GetBytes([string]$shell.EndInvoke($running)[0])
$out = [Console]::OpenStandardOutput()
$out.Write($said, 0, $said.Length)
$out.Flush()
$me.Kill()
'@
}
