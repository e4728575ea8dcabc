# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-DriveFact {
    <#
    .SYNOPSIS
    The drive of a path and its free space in MB (1,048,576 bytes each).
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    $drive = New-Object IO.DriveInfo ([IO.Path]::GetPathRoot($Path))
    return @{ drive = $drive.Name.TrimEnd('\'); free_mb = [int][Math]::Floor($drive.AvailableFreeSpace / 1MB) }
}
