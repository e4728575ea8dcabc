# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-Staging {
    <#
    .SYNOPSIS
    True only where both readings say staging. Behind our block the scheduler may not answer, then the global settings alone say it.
    .PARAMETER Behind
    The server is in quarantine and the block is effective.
    #>
    param([bool]$Behind = $false)
    $reading = Get-StagingReading
    if ($Behind -and $null -eq $reading.scheduler) { return ($reading.settings -eq 'True') }
    return ($reading.scheduler -eq $true -and $reading.settings -eq 'True')
}
