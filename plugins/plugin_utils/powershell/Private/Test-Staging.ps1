# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-Staging {
    <#
    .SYNOPSIS
    True only where both readings say staging.
    #>
    $reading = Get-StagingReading
    return ($reading.scheduler -eq $true -and $reading.settings -eq 'True')
}
