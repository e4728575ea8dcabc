# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Enter-Mutex {
    <#
    .SYNOPSIS
    Takes the machine-wide mutex and returns it; busy after ten seconds. One that its owner abandoned is ours: the record says what was begun.
    #>
    try { $mutex = New-Object Threading.Mutex $false, (Get-MutexName) }
    catch { New-Refusal 'busy' "the lock of all changes cannot be opened: $(Get-ErrorText $_)" }
    try { $taken = $mutex.WaitOne(10000) }
    catch [Threading.AbandonedMutexException] { $taken = $true }
    if (-not $taken) {
        $mutex.Dispose()
        New-Refusal 'busy' 'another change is going on on this server'
    }
    return $mutex
}
