# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function New-ConfigurationCopy {
    <#
    .SYNOPSIS
    Lets the product write its settings into a new folder, adds the wizard's newest file, packs all into one zip and deletes the folder: configuration_unread.
    .DESCRIPTION
    An export wants an empty folder (adsync.md 7.3). The names in the zip have '/', which older .NET would not write by itself. The wizard's file is
    written with each run of the wizard only, so that its time is told too (adsync.md 7.1).
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    $folder = $Path.Substring(0, $Path.Length - 4)
    $most = 524288000
    try {
        try {
            $null = New-Item -ItemType Directory -Path (Get-FileFolder) -Force -ErrorAction Stop
            Protect-Folder -Path (Get-FileFolder)
            $null = New-Item -ItemType Directory -Path $folder -ErrorAction Stop
        }
        catch { New-Refusal 'configuration_unread' "the folder for it cannot be made, or closed to others: $(Get-ErrorText $_)" }
        $null = Invoke-Sync { Get-ADSyncServerConfiguration -Path $folder -ErrorAction Stop }
        try {
            $count = @([IO.Directory]::GetFiles($folder, '*', [IO.SearchOption]::AllDirectories)).Count
            $wizard = Add-WizardFile -Folder $folder
            $files = @([IO.Directory]::GetFiles($folder, '*', [IO.SearchOption]::AllDirectories) | Sort-Object)
            $size = [long]0
            foreach ($each in $files) { $size += (New-Object IO.FileInfo $each).Length }
            if ($count -gt 0 -and $size -le $most) { Compress-Folder -Folder $folder -Files $files -Path $Path }
        }
        catch { New-Refusal 'configuration_unread' (Get-ErrorText $_) }
        if ($count -eq 0) { New-Refusal 'configuration_unread' 'Get-ADSyncServerConfiguration wrote no file' }
        if ($size -gt $most) { New-Refusal 'configuration_unread' "it has $size bytes, more than the $most that are packed" }
        return [pscustomobject]@{ files = $files.Count; wizard_file = $wizard.name; wizard_written = $wizard.written }
    }
    finally { if ([IO.Directory]::Exists($folder)) { [IO.Directory]::Delete($folder, $true) } }
}
