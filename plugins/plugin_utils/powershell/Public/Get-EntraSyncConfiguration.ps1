# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EntraSyncConfiguration {
    <#
    .SYNOPSIS
    The settings of this server as one zip in our folder, to be fetched from there: what Get-ADSyncServerConfiguration writes, and the wizard's newest file.
    .DESCRIPTION
    Reads the product and changes nothing of it; no claim, no mutex, no journal, so that it may run at any time and for a plan. The zip has account
    names, so it stands in the folder that is closed to all but Administrators and SYSTEM (%ProgramData%\EntraConnectOps\files), and the caller deletes
    it with Remove as soon as it was fetched; what a lost caller left is deleted by the next call after an hour. The caller gives the name, so that it
    can delete what it had no answer about. adsync.md 7.1, 7.3. Codes: bad_file_name, service_stopped, adsync_error, module_missing, journal_failed
    (the folder cannot be closed to others), configuration_unread, file_write (it cannot be deleted), file_unread.
    .PARAMETER Name
    settings-, 32 hexadecimal digits in small letters, .zip.
    .PARAMETER Remove
    Only delete it.
    #>
    param([Parameter(Mandatory = $true)][string]$Name, [bool]$Remove)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Assert-FileName -Name $Name
    if ($Name -cnotmatch '\Asettings-[0-9a-f]{32}\.zip\z') { New-Refusal 'bad_file_name' "'$Name' is no name of such a zip" }
    $path = Join-Path (Get-FileFolder) $Name
    $removed = Remove-ConfigurationCopy -Path $path
    if ($Remove) { return [pscustomobject]@{ changed = $false; name = $Name; removed = $removed } }
    Import-Sync
    Initialize-RecordFolder
    $made = New-ConfigurationCopy -Path $path
    $zip = Get-FileFact -Path $path
    return [pscustomobject]@{
        changed = $false; name = $Name; zip_size = $zip.size; zip_sha256 = $zip.sha256; files = $made.files
        wizard_file = $made.wizard_file; wizard_written = $made.wizard_written; now = Get-UtcText
        computer_name = Get-ComputerName; engine_version = Get-EngineVersion; wizard_version = Get-WizardVersion
    }
}
