# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ModuleInstallation {
    <#
    .SYNOPSIS
    Every installed version of our module with its checksum, newest first.
    #>
    foreach ($folder in @(Get-InstalledFolder)) {
        [pscustomobject]@{ version = [IO.Path]::GetFileName($folder); sha256 = Get-FolderHash -Path $folder; path = $folder }
    }
}
