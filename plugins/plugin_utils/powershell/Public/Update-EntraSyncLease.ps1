# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Update-EntraSyncLease {
    <#
    .SYNOPSIS
    Renews the lease of the claim and reads the server, so that one request of a long wait does both.
    .DESCRIPTION
    Gives what Get-EntraSyncServer gives, module_version too. It is a sign of life and no change: the one function that writes the record without a
    line in the journal, which a long wait would fill. Codes: claim_missing, claim_changed, claim_ended, busy, record_unreadable.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER LeaseSeconds
    How long the claim lives from now, in seconds; a longer announced time is kept.
    #>
    param([int]$Epoch, [string]$RunId, [int]$LeaseSeconds)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    $mutex = Enter-Mutex
    try {
        $record = Read-Record
        Assert-Token -Record $record -Epoch $Epoch -RunId $RunId
        Set-Lease -Claim $record['claim'] -Seconds $LeaseSeconds
        Write-Record $record -Before
    }
    finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
    return (Get-EntraSyncServer)
}
