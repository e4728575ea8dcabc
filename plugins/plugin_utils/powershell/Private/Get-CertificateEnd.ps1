# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-CertificateEnd {
    <#
    .SYNOPSIS
    When a certificate of the machine's own store ends, UTC; empty where there is none with this thumbprint.
    #>
    param([Parameter(Mandatory = $true)][string]$Thumbprint)
    foreach ($certificate in @(Get-ChildItem -Path 'Cert:\LocalMachine\My' -ErrorAction Stop)) {
        if ([string]$certificate.Thumbprint -eq $Thumbprint) { return (Get-UtcText $certificate.NotAfter.ToUniversalTime()) }
    }
    return ''
}
