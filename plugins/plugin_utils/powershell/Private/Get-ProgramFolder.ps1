# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ProgramFolder {
    <#
    .SYNOPSIS
    The folder in which programs are installed, which a session may not have in its environment.
    #>
    if ($env:ProgramFiles) { return $env:ProgramFiles }
    return 'C:\Program Files'
}
