# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-EngineConfigChanged {
    <#
    .SYNOPSIS
    Whether miiserver.exe.config was written a day or more after its program was put there; null where one of them cannot be read.
    .DESCRIPTION
    Uncertain: what the installer itself leaves as times is not documented. It is told as a hint, never as a reason to refuse (adsync.md 5.5).
    #>
    $bin = [IO.Path]::Combine((Get-ServiceParameter), 'Bin')
    $program = Get-Item -LiteralPath (Join-Path $bin 'miiserver.exe') -ErrorAction SilentlyContinue
    $config = Get-Item -LiteralPath (Join-Path $bin 'miiserver.exe.config') -ErrorAction SilentlyContinue
    if ($null -eq $program -or $null -eq $config) { return $null }
    return [bool]($config.LastWriteTimeUtc -gt $program.CreationTimeUtc.AddDays(1))
}
