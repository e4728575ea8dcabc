# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Invoke-Sync {
    <#
    .SYNOPSIS
    Runs calls of ADSync cmdlets and turns their errors, which are matched by substring (adsync.md 1.4, 2.1), into codes.
    #>
    param([Parameter(Mandatory = $true)][scriptblock]$Call)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    try { return (& $Call) }
    catch {
        if ($_.FullyQualifiedErrorId -like 'EntraConnect.*') { throw }
        $text = ([string]$_.Exception.Message -split "`n")[0].Trim()
        $code = 'adsync_error'
        $table = [ordered]@{
            'UserInteractive mode' = 'sign_in_wanted'
            'Synchronization Service is not running' = 'service_stopped'
            'already suspended' = 'scheduler_suspended'
            'is busy' = 'connector_busy'
            'wizard is open' = 'wizard_open'
            'Sync is already running' = 'cycle_running'
            'already being requested' = 'cycle_running'
        }
        foreach ($part in $table.Keys) {
            if ($text.IndexOf($part, [StringComparison]::OrdinalIgnoreCase) -ge 0) { $code = $table[$part]; break }
        }
        New-Refusal $code $text
    }
}
