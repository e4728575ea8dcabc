# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Remove-ConfigurationCopy {
    <#
    .SYNOPSIS
    Deletes a zip of settings in our folder, and those that were left there for more than an hour; whether that one was there. file_write.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    $there = [IO.File]::Exists($Path)
    try {
        [IO.File]::Delete($Path)
        $old = [DateTime]::UtcNow.AddHours(-1)
        foreach ($each in @([IO.Directory]::GetFiles((Get-FileFolder), 'settings-*.zip'))) { if ([IO.File]::GetLastWriteTimeUtc($each) -lt $old) { [IO.File]::Delete($each) } }
        foreach ($each in @([IO.Directory]::GetDirectories((Get-FileFolder), 'settings-*'))) { if ([IO.Directory]::GetLastWriteTimeUtc($each) -lt $old) { [IO.Directory]::Delete($each, $true) } }
    }
    catch [IO.DirectoryNotFoundException] { return $false }
    catch { New-Refusal 'file_write' "$([IO.Path]::GetFileName($Path)): $(Get-ErrorText $_)" }
    return $there
}
