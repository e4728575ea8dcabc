# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Remove-ModuleVersion {
    <#
    .SYNOPSIS
    Removes the module's folders but for one version, and what earlier runs left half done. Returns the number removed and the locked ones.
    .DESCRIPTION
    A version is renamed before it is deleted, so that nobody loads half of it: one in use stays whole.
    #>
    param([string]$Keep = '')
    $root = Join-Path (Get-ModuleFolder) 'EntraConnectOps'
    $removed = 0
    $left = @()
    foreach ($installed in @(Get-ModuleInstallation | Where-Object { $_.version -ne $Keep })) {
        try {
            Move-ModuleFolder -From $installed.path -To (Join-Path $root ".old-$([Guid]::NewGuid().ToString('N'))")
            $removed++
        }
        catch { $left += $installed.path }
    }
    if (-not (Test-Path -LiteralPath $root -PathType Container)) { return @{ removed = $removed; left = $left } }
    foreach ($folder in @([IO.Directory]::GetDirectories($root) | Where-Object { [IO.Path]::GetFileName($_) -match '^\.(new|old)-' })) {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
        if (Test-Path -LiteralPath $folder) { $left += $folder }
    }
    if (@([IO.Directory]::GetFileSystemEntries($root)).Count -eq 0) { Remove-Item -LiteralPath $root -Force -ErrorAction SilentlyContinue }
    return @{ removed = $removed; left = $left }
}
