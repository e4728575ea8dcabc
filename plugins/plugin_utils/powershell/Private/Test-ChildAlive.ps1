# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-ChildAlive {
    <#
    .SYNOPSIS
    Whether the child process of the record still lives. One that cannot be judged counts as alive: what refuses for it is repeated later.
    #>
    param($Child)
    try { return ($null -ne (Get-ChildProcess $Child)) } catch { return $true }
}
