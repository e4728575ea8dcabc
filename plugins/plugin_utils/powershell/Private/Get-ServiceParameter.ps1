# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ServiceParameter {
    <#
    .SYNOPSIS
    The folder of the sync engine: from the service's registry key, else where it is by default (adsync.md 5.2).
    #>
    try { $path = [string](Get-ItemProperty -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\ADSync\Parameters' -Name 'Path' -ErrorAction Stop).Path }
    catch { $path = '' }
    if (-not $path) { $path = [IO.Path]::Combine((Get-ProgramFolder), 'Microsoft Azure AD Sync') }
    return $path.TrimEnd('\')
}
