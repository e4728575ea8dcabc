# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Start-Detached {
    <#
    .SYNOPSIS
    Starts Windows PowerShell with a constant script, apart from this session: it goes on when WinRM, and with it this session, ends.
    .DESCRIPTION
    WMI starts it, so that it stands outside of WinRM's job object, whose processes all end with the session. Throws where it was not started.
    .PARAMETER Script
    Constant text. Values are never written into it: what is to be done stands in files.
    #>
    param([Parameter(Mandatory = $true)][string]$Script)
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes($Script))
    $line = '"{0}" -NoProfile -NonInteractive -EncodedCommand {1}' -f (Join-Path $PSHOME 'powershell.exe'), $encoded
    $answer = Invoke-CimMethod -ClassName 'Win32_Process' -MethodName 'Create' -Arguments @{ CommandLine = $line } -ErrorAction Stop
    if ([int]$answer.ReturnValue -ne 0) { throw "Windows did not start the process, return value $($answer.ReturnValue)" }
}
