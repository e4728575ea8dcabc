# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-StagingReading {
    <#
    .SYNOPSIS
    Both readings of the role: the scheduler's flag, and the text of the global settings. Null where one cannot be read.
    #>
    $scheduler = $null
    $settings = $null
    try { $scheduler = ConvertTo-Flag (Get-Scheduler).StagingModeEnabled } catch { $scheduler = $null }
    try { $settings = Get-StagingSetting -Settings (Get-GlobalSettings) } catch { $settings = $null }
    return @{ scheduler = $scheduler; settings = $settings }
}
