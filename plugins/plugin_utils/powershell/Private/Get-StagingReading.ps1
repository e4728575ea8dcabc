# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-StagingReading {
    <#
    .SYNOPSIS
    Both readings of the role: the scheduler's flag, and the text of the global settings. Null where one cannot be read.
    #>
    $scheduler = $null
    $settings = $null
    try { $scheduler = [bool](Get-ADSyncScheduler -ErrorAction Stop).StagingModeEnabled } catch { $scheduler = $null }
    try { $settings = Get-StagingSetting -Settings (Get-ADSyncGlobalSettings -ErrorAction Stop) } catch { $settings = $null }
    return @{ scheduler = $scheduler; settings = $settings }
}
