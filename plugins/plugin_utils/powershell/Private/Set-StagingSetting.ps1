# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-StagingSetting {
    <#
    .SYNOPSIS
    Reads the global settings, changes the staging key, and writes them, in one go: the cmdlet writes the whole object back, and an old
    copy would undo what happened in between (adsync.md 3.3). Not supported by Microsoft.
    #>
    param([Parameter(Mandatory = $true)][string]$Value)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $settings = Get-GlobalSettings
    $parameter = Get-KeyedParameter $settings.Parameters 'Microsoft.Synchronize.StagingMode'
    if ($null -eq $parameter) { New-Refusal 'adsync_error' 'the global settings have no key Microsoft.Synchronize.StagingMode' }
    $parameter.Value = $Value
    $null = Set-ADSyncGlobalSettings -GlobalSettings $settings -ErrorAction Stop
}
