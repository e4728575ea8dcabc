# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Assert-Promotable {
    <#
    .SYNOPSIS
    What must be so for any promotion of this server, each by its own code: complete claim, no hold, no quarantine, not restored, staging.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record)
    if (-not $Record['claim']['complete']) { New-Refusal 'claim_incomplete' 'the claim was not taken on all members' }
    if ($null -ne $Record['hold']) {
        if ($Record['hold']['state'] -eq 'complete') { New-Refusal 'target_held' 'a held server is not promoted' }
        New-Refusal 'target_pending' 'a server whose hold was begun is not promoted'
    }
    if ($null -ne $Record['quarantine']) { New-Refusal 'target_quarantined' 'a server in quarantine is not promoted' }
    if ($Record['restored']) { New-Refusal 'target_restored' 'a restored server is not promoted before an initial cycle' }
    if (Test-ChildAlive $Record['child']) { New-Refusal 'child_running' 'a call of an earlier run still waits for a sign-in' }
    if (-not (Test-Staging)) { New-Refusal 'role_changed' 'not both readings say staging' }
}
