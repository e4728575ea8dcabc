# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-IdentityPart {
    <#
    .SYNOPSIS
    The cloud identity of this server, and when its certificate ends (adsync.md 2.12, 5.6).
    .DESCRIPTION
    Get-ADSyncEntraConnectorCredential is there from 2.5.3.0 on; without it the kind stays empty. Of its properties only ConnectorIdentityType is
    documented: thumbprint, end and application id are taken where a property of that kind is found. Uncertain.
    #>
    $part = @{ identity_error = ''; identity_kind = ''; identity_known = $false; entra_account = ''; application_id = ''; certificate = ''; certificate_ends = '' }
    try {
        foreach ($connector in @(Get-ADSyncConnector -ErrorAction Stop)) {
            if ([string]$connector.Identifier -ne 'b891884f-051e-4a83-95af-2544101c9083') { continue }
            $part.entra_account = [string](Get-PropertyValue (Get-KeyedParameter (Get-PropertyValue $connector 'ConnectivityParameters') 'UserName') 'Value')
        }
        if ($null -eq (Microsoft.PowerShell.Core\Get-Command -Name 'Get-ADSyncEntraConnectorCredential' -ErrorAction SilentlyContinue)) { return $part }
        $found = @(Get-ADSyncEntraConnectorCredential -ErrorAction Stop)
        if ($found.Count -ne 1) { throw 'Get-ADSyncEntraConnectorCredential gave no answer' }
        $part.identity_known = $true
        foreach ($property in $found[0].PSObject.Properties) {
            if ($null -eq $property.Value) { continue }
            if ($property.Name -eq 'ConnectorIdentityType') { $part.identity_kind = [string]$property.Value }
            elseif ($property.Name -match '^(Application|App|Client)Id$') { $part.application_id = [string]$property.Value }
            elseif ($property.Name -match 'Thumbprint$') { $part.certificate = [string]$property.Value }
            elseif ($property.Name -match '(NotAfter|Expir\w*)$' -and $property.Value -is [DateTime]) { $part.certificate_ends = Get-UtcText $property.Value.ToUniversalTime() }
        }
        if ($part.certificate -and -not $part.certificate_ends) { $part.certificate_ends = Get-CertificateEnd $part.certificate }
    }
    catch { $part.identity_error = Get-ErrorText $_ }
    return $part
}
