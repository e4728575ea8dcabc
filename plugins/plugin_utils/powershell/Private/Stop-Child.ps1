# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Stop-Child {
    <#
    .SYNOPSIS
    Ends a child process of an earlier call that the record names, and its descendants; one that lives on refuses: child_running.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record)
    $child = $Record['child']
    if ($null -eq $child) { return }
    if (Test-ChildAlive $child) {
        Stop-Process -Id ([int]$child['pid']) -Force -ErrorAction SilentlyContinue
        Start-Sleep -Milliseconds 500
        if (Test-ChildAlive $child) { New-Refusal 'child_running' "a call of $($child['function']) still waits for a sign-in" }
    }
    $Record['child'] = $null
}
