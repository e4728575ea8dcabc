# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Invoke-InChild {
    <#
    .SYNOPSIS
    Runs one cmdlet in a child process with a time limit, since it may open a sign-in that nobody sees. Returns its error text as one line, empty
    where it ended well, or "TIMEOUT". The child is dead when this returns or throws.
    .DESCRIPTION
    Command and values travel as JSON on standard input, and only after the record names the child: one that cannot be recorded is given no call.
    An earlier child is ended first. Codes: child_running, journal_failed, adsync_error (no process could be started).
    #>
    param([Parameter(Mandatory = $true)][string]$Command, [Parameter(Mandatory = $true)][hashtable]$Parameters,
        [Parameter(Mandatory = $true)][hashtable]$Record, [Parameter(Mandatory = $true)][int]$TimeoutSeconds)
    Stop-Child -Record $Record
    $me = [Diagnostics.Process]::GetCurrentProcess()
    try { $process = [Diagnostics.Process]::Start((Get-ChildStart)) }
    catch { New-Refusal 'adsync_error' "a process for $Command cannot be started: $(Get-ErrorText $_)" }
    try {
        $deadline = $process.StartTime.ToUniversalTime().AddSeconds($TimeoutSeconds)
        $Record['child'] = @{ pid = $process.Id; started = Get-UtcText $process.StartTime.ToUniversalTime(); function = $Command; deadline = Get-UtcText $deadline }
        Write-Record $Record -Before
        $output = $process.StandardOutput.ReadToEndAsync()
        $null = $process.StandardError.ReadToEndAsync()
        $module = Get-Module -Name 'ADSync' | Microsoft.PowerShell.Utility\Select-Object -First 1
        $path = ''
        if ($null -ne $module) { $path = $module.Path }
        $call = @{ command = $Command; parameters = $Parameters; module = $path; milliseconds = 1000 * $TimeoutSeconds; parent = $me.Id
            parent_started = $me.StartTime.ToUniversalTime().Ticks }
        $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject $call -Depth 3 -Compress))
        try {
            $process.StandardInput.BaseStream.Write($bytes, 0, $bytes.Length)
            $process.StandardInput.Close()
        }
        catch { return "the process for $Command took no call: $(Get-ErrorText $_)" }
        $left = ($deadline - [DateTime]::UtcNow).TotalMilliseconds
        if (-not $process.WaitForExit([int][Math]::Max(1, [Math]::Min($left, 1000 * $TimeoutSeconds)))) { return 'TIMEOUT' }
        # a browser that the sign-in left behind may keep the pipe open: what it would still say is not waited for
        if (-not $output.Wait(5000) -or -not $output.Result) { return 'TIMEOUT' }
        if ($output.Result -eq 'OK') { return '' }
        return ($output.Result -replace '^ERROR ', '')
    }
    finally {
        # the mutex is let go after this: nothing of ours may run without it
        try { if (-not $process.HasExited) { $process.Kill(); $null = $process.WaitForExit(5000) } } catch { $null = $_ }
        if ($process.HasExited) { $Record['child'] = $null }
    }
}
