# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-CycleSwitch {
    <#
    .SYNOPSIS
    Whether the scheduler runs cycles, as "True" or "False", which can be put back later. adsync_error where it does not tell.
    #>
    $enabled = ConvertTo-Flag (Get-PropertyValue (Invoke-Sync { Get-Scheduler }) 'SyncCycleEnabled')
    if ($null -eq $enabled) { New-Refusal 'adsync_error' 'Get-ADSyncScheduler does not tell whether cycles run' }
    return [string]$enabled
}
