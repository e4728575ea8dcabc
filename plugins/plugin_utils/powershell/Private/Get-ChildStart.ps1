# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ChildStart {
    <#
    .SYNOPSIS
    How a child process is started: this PowerShell with the constant text of Get-ChildScript; nothing that a caller gave stands in its command line.
    #>
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = [Diagnostics.Process]::GetCurrentProcess().MainModule.FileName
    # in a remote session the process is wsmprovhost.exe, which is no shell
    if ($start.FileName -notmatch '(powershell|pwsh)(\.exe)?$') { $start.FileName = Join-Path $PSHOME 'powershell.exe' }
    $encoded = [Convert]::ToBase64String([Text.Encoding]::Unicode.GetBytes((Get-ChildScript)))
    $start.Arguments = "-NoLogo -NoProfile -NonInteractive -EncodedCommand $encoded"
    $start.UseShellExecute = $false
    $start.CreateNoWindow = $true
    $start.RedirectStandardInput = $start.RedirectStandardOutput = $start.RedirectStandardError = $true
    $start.StandardOutputEncoding = [Text.Encoding]::UTF8
    return $start
}
