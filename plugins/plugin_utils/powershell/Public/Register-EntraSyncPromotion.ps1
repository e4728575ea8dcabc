# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Register-EntraSyncPromotion {
    <#
    .SYNOPSIS
    Records that an operator is asked to promote this server in the wizard: from now on the click may land. Codes: those of Assert-Promotable.
    #>
    param([int]$Epoch, [string]$RunId)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Import-Sync
    return (Invoke-Change -Function 'Register-EntraSyncPromotion' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            Assert-Promotable -Record $record
            $record['promotion'] = @{ epoch = $Epoch; run_id = $RunId; at = Get-UtcText; method = 'wizard' }
            [pscustomobject]@{ changed = $true }
        })
}
