# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-InstalledFolder {
    <#
    .SYNOPSIS
    The folder of every installed version of our module, newest first: the first is the one that Windows PowerShell loads. The version is its name.
    #>
    $root = Join-Path (Get-ModuleFolder) 'EntraConnectOps'
    if (-not (Test-Path -LiteralPath $root -PathType Container)) { return }
    $folders = @([IO.Directory]::GetDirectories($root) | Where-Object { [IO.Path]::GetFileName($_) -match '^\d+(\.\d+){1,3}$' })
    return @($folders | Sort-Object -Property { [version][IO.Path]::GetFileName($_) } -Descending)
}
