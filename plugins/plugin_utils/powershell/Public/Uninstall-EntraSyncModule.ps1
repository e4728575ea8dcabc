# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Uninstall-EntraSyncModule {
    <#
    .SYNOPSIS
    Removes every installed version of our functions; record and journal stay.
    .DESCRIPTION
    Sent inline. A version that is in use stays whole; its folder is told in left. Without a token only a live claim stands against it.
    Codes: claim_live, busy, record_unreadable, journal_failed, unknown_result.
    #>
    param()
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Uninstall-EntraSyncModule' -NeedsToken $false -Change {
            param($record)
            $gone = Remove-ModuleVersion
            [pscustomobject]@{ changed = ($gone.removed -gt 0); left = @($gone.left) }
        })
}
