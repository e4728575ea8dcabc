# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-TlsState {
    <#
    .SYNOPSIS
    TLS 1.2 for client or server: on, off, or default where the registry says nothing, which is on from Windows Server 2016 (adsync.md 5.6).
    #>
    param([Parameter(Mandatory = $true)][string]$Side)
    $key = "HKLM:\SYSTEM\CurrentControlSet\Control\SecurityProviders\SCHANNEL\Protocols\TLS 1.2\$Side"
    $enabled = Get-RegistryValue -Path $key -Name 'Enabled'
    $disabled = Get-RegistryValue -Path $key -Name 'DisabledByDefault'
    if (($null -ne $enabled -and [int]$enabled -eq 0) -or ($null -ne $disabled -and [int]$disabled -ne 0)) { return 'off' }
    if ($null -eq $enabled) { return 'default' }
    return 'on'
}
