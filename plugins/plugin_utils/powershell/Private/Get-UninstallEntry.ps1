# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-UninstallEntry {
    <#
    .SYNOPSIS
    The uninstall entries of the product under every name in its history, from both hives (adsync.md 5.1). Never Win32_Product, which repairs.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $pattern = '^Microsoft (Azure AD|Entra) Connect( Sync)?$|^Microsoft (Azure AD|Entra) Connect synchronization services$'
    foreach ($hive in 'HKLM:\SOFTWARE\Microsoft\Windows\CurrentVersion\Uninstall\*', 'HKLM:\SOFTWARE\WOW6432Node\Microsoft\Windows\CurrentVersion\Uninstall\*') {
        foreach ($key in @(Get-ItemProperty -Path $hive -ErrorAction SilentlyContinue)) {
            if ([string]$key.DisplayName -match $pattern) { [pscustomobject]@{ name = [string]$key.DisplayName; version = [string]$key.DisplayVersion } }
        }
    }
}
