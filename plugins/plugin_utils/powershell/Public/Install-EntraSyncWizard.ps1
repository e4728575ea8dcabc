# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Install-EntraSyncWizard {
    <#
    .SYNOPSIS
    Lays the wizard down with a quiet MSI; the engine stays as it is until a person runs the wizard (adsync.md 6.3).
    .DESCRIPTION
    Before that: its checksum, a valid Authenticode signature of Microsoft, and its product's name; of a path what cannot be read is passed over. Nobody can write to the file from then on until
    msiexec has ended. The claim lives on for the announced time, since msiexec tells nothing on the way. unknown_result: it did not end in time.
    Codes: installer_missing, checksum_wrong, signature_wrong, product_wrong, bad_file_name, unknown_result, claim_missing, claim_changed,
    claim_ended, busy, record_unreadable, journal_failed.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Path
    Path of the MSI on this server.
    .PARAMETER File
    Name of an MSI in our own folder, %ProgramData%\EntraConnectOps\files, instead.
    .PARAMETER Sha256
    Its checksum, hexadecimal.
    .PARAMETER TimeoutSeconds
    How long msiexec may take, in seconds.
    #>
    [CmdletBinding(DefaultParameterSetName = 'Path')]
    param(
        [int]$Epoch, [string]$RunId,
        [Parameter(Mandatory = $true, ParameterSetName = 'Path')][string]$Path,
        [Parameter(Mandatory = $true, ParameterSetName = 'File')][string]$File,
        [Parameter(Mandatory = $true)][string]$Sha256, [int]$TimeoutSeconds = 900
    )
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    return (Invoke-Change -Function 'Install-EntraSyncWizard' -Epoch $Epoch -RunId $RunId -Change {
            param($record)
            $where = Get-InstallerPath -Path $Path -File $File
            $held = Lock-File -Path $where
            try {
                Assert-Installer -Installer (Get-EntraSyncInstaller -Path $where) -Path $where -Sha256 $Sha256 -ByPath ([bool]$Path)
                Set-Lease -Claim $record['claim'] -Seconds ($TimeoutSeconds + 120)
                Write-Record $record -Before
                $code = Invoke-Installer -Path (Convert-Path -LiteralPath $where) -TimeoutSeconds $TimeoutSeconds
            }
            finally { if ($null -ne $held) { $held.Dispose() } }
            $record['claim']['lease_until'] = ''   # the announced time is over with msiexec: whoever comes after a dead caller need not wait for its end
            [pscustomobject]@{ changed = $true; exit_code = $code; reboot = ($code -eq 3010) }
        })
}
