# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Assert-Installer {
    <#
    .SYNOPSIS
    Refuses a file that is not the MSI that was meant: installer_missing, checksum_wrong, signature_wrong, product_wrong.
    .DESCRIPTION
    Who may name any path may run anything here, and names the file by its checksum: a signature or product that cannot be read (empty) is then held
    against nobody, a wrong one is. Over a restricted endpoint, which offers names in our folder only, what cannot be read refuses.
    #>
    param([Parameter(Mandatory = $true)]$Installer, [Parameter(Mandatory = $true)][string]$Path, [Parameter(Mandatory = $true)][string]$Sha256,
        [bool]$ByPath)
    if (-not $Installer.exists) { New-Refusal 'installer_missing' "there is no file $Path" }
    if ($Installer.sha256 -ne $Sha256) { New-Refusal 'checksum_wrong' "$Path has another checksum" }
    if ($ByPath -and -not $Installer.signature) { return }
    if ($Installer.signature -ne 'Valid' -or $Installer.signer -cne 'Microsoft Corporation') {
        New-Refusal 'signature_wrong' "$Path has the signature $($Installer.signature), by '$($Installer.signer)'"
    }
    if ($ByPath -and -not $Installer.product) { return }
    if ($Installer.product -notin 'Microsoft Entra Connect Sync', 'Microsoft Azure AD Connect') { New-Refusal 'product_wrong' "$Path installs '$($Installer.product)'" }
}
