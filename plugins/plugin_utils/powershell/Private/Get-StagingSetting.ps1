# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-StagingSetting {
    <#
    .SYNOPSIS
    The text of the staging key in global settings, "True" or "False"; null where the key is absent, which is unknown (adsync.md 3.1).
    #>
    param([Parameter(Mandatory = $true)]$Settings)
    $parameter = Get-KeyedParameter $Settings.Parameters 'Microsoft.Synchronize.StagingMode'
    if ($null -eq $parameter -or $null -eq $parameter.Value) { return $null }
    return [string]$parameter.Value
}
