# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-WizardVersion {
    <#
    .SYNOPSIS
    The newest version of the wizard on disk; its folder has had three names (adsync.md 5.2).
    #>
    $versions = foreach ($name in 'Microsoft Azure Active Directory Connect', 'Microsoft Azure AD Connect', 'Microsoft Entra Connect') {
        $version = Get-FileVersion -Path ([IO.Path]::Combine((Get-ProgramFolder), $name, 'AzureADConnect.exe'))
        if ($version) { [version]$version }
    }
    $newest = @($versions | Sort-Object -Descending)
    if ($newest.Count -eq 0) { return '' }
    return [string]$newest[0]
}
