# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ModuleInstallation {
    <#
    .SYNOPSIS
    Every installed version of our module with its checksum, newest first: the first is the one that Windows PowerShell loads.
    #>
    $root = Join-Path (Get-ModuleFolder) 'EntraConnectOps'
    if (-not (Test-Path -LiteralPath $root -PathType Container)) { return }
    $folders = @([IO.Directory]::GetDirectories($root) | Where-Object { [IO.Path]::GetFileName($_) -match '^\d+(\.\d+){1,3}$' })
    foreach ($folder in @($folders | Sort-Object -Property { [version][IO.Path]::GetFileName($_) } -Descending)) {
        [pscustomobject]@{ version = [IO.Path]::GetFileName($folder); sha256 = Get-FolderHash -Path $folder; path = $folder }
    }
}
