# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EngineVersion {
    <#
    .SYNOPSIS
    The version of the running engine's file, the authoritative one (adsync.md 5.2).
    #>
    return (Get-FileVersion -Path (Join-Path (Get-ServiceParameter) 'Bin\miiserver.exe'))
}
