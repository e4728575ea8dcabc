# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ModuleFolder {
    <#
    .SYNOPSIS
    The folder in which Windows PowerShell finds modules of all users.
    #>
    return [IO.Path]::Combine((Get-ProgramFolder), 'WindowsPowerShell', 'Modules')
}
