# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-VersionPart {
    <#
    .SYNOPSIS
    The installed versions: engine, wizard, and every uninstall entry of the product (adsync.md 5).
    #>
    $entries = @(Get-UninstallEntry)
    $product = @($entries | Where-Object { $_.name -notlike '*synchronization services' } | Sort-Object -Property { [version]$_.version } -Descending)
    $part = @{ engine_version = Get-EngineVersion; wizard_version = Get-WizardVersion; uninstall = $entries; product_name = ''; product_version = '' }
    if ($product.Count -gt 0) { $part.product_name = $product[0].name; $part.product_version = $product[0].version }
    if (-not $part.wizard_version) { $part.wizard_version = $part.product_version }
    return $part
}
