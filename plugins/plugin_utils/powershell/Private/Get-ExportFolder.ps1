# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ExportFolder {
    <#
    .SYNOPSIS
    The folder, closed to all but Administrators and SYSTEM, for exports of connector spaces. They are personal data and stay only while they are read.
    .DESCRIPTION
    Makes it where it is not there, and deletes what a session that was cut off in the middle left behind; what somebody still reads cannot be deleted.
    #>
    Initialize-RecordFolder
    $folder = Join-Path (Get-RecordFolder) 'pending'
    $null = [IO.Directory]::CreateDirectory($folder)
    foreach ($file in [IO.Directory]::GetFiles($folder, '*.xml')) {
        if ([IO.File]::GetLastWriteTimeUtc($file) -lt [DateTime]::UtcNow.AddHours(-2)) { try { [IO.File]::Delete($file) } catch { continue } }
    }
    return $folder
}
