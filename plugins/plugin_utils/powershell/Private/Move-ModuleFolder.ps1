# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Move-ModuleFolder {
    <#
    .SYNOPSIS
    Renames a folder of our module, which fails as a whole while a process holds one of its files.
    #>
    param([Parameter(Mandatory = $true)][string]$From, [Parameter(Mandatory = $true)][string]$To)
    [IO.Directory]::Move($From, $To)
}
