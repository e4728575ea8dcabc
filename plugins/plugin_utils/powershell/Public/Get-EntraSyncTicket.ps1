# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncTicket {
    <#
    .SYNOPSIS
    A ticket for a promotion of this server: its boot id, its monotonic clock and the claim's token. Changes nothing.
    .DESCRIPTION
    Asked for before the other servers are read; Disable-EntraSyncStaging measures its age by this server's own clock. Codes: claim_missing,
    claim_changed, claim_ended, record_unreadable.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    #>
    param([int]$Epoch, [string]$RunId)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Assert-Token -Record (Read-Record) -Epoch $Epoch -RunId $RunId
    return [pscustomobject]@{ ticket = "$(Get-BootId)|$(Get-MonotonicMilliseconds)|$Epoch.$RunId" }
}
