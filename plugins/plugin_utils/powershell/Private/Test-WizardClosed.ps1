# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-WizardClosed {
    <#
    .SYNOPSIS
    True only where it is certain that no wizard runs.
    #>
    return ((Get-ProcessState).wizard -eq $false)
}
