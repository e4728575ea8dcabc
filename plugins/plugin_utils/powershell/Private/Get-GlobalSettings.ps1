# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-GlobalSettings {
    <#
    .SYNOPSIS
    What Get-ADSyncGlobalSettings answers, its one live object; whatever else is put out beside it is passed over. Throws where there is none.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $found = @(Get-ADSyncGlobalSettings -ErrorAction Stop | Where-Object { $null -ne $_ -and $null -ne $_.PSObject.Properties['Parameters'] })
    if ($found.Count -ne 1) { throw 'Get-ADSyncGlobalSettings gave no answer' }
    return $found[0]
}
