# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-RegistryKey {
    <#
    .SYNOPSIS
    Whether a key of the registry is there.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    return [bool](Test-Path -LiteralPath $Path -ErrorAction Stop)
}
