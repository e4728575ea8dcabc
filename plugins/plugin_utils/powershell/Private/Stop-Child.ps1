# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Stop-Child {
    <#
    .SYNOPSIS
    Ends a child process of an earlier call that the record names; one that lives on, or cannot be judged, refuses: child_running.
    .DESCRIPTION
    Called under the mutex, so its parent is dead: a parent holds the mutex for as long as its child lives. The same process object is judged and
    ended, so that no other process of that number can be hit. A browser that the sign-in opened may stay: alone it changes nothing.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record)
    $child = $Record['child']
    if ($null -eq $child) { return }
    $ended = $false
    try {
        $process = Get-ChildProcess $child
        $ended = $null -eq $process
        if (-not $ended) {
            $process.Kill()
            $ended = $process.WaitForExit(5000)
        }
    }
    catch { $ended = -not (Test-ChildAlive $child) }   # it may have ended by itself in between
    if (-not $ended) { New-Refusal 'child_running' "a call of $($child['function']) still waits for a sign-in" }
    $Record['child'] = $null
}
