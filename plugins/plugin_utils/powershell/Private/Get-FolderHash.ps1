# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-FolderHash {
    <#
    .SYNOPSIS
    SHA-256 over all files below a folder: one line "name, blank, SHA-256 of the content" each, sorted by name, so that a changed, added
    or missing file is seen. Names are relative, with slashes. Empty where the folder cannot be read. The controller computes the same.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    $sha = [Security.Cryptography.SHA256]::Create()
    try {
        $root = [IO.Path]::GetFullPath($Path).TrimEnd('\', '/')
        $files = @{}
        foreach ($file in [IO.Directory]::GetFiles($root, '*', [IO.SearchOption]::AllDirectories)) {
            $files[$file.Substring($root.Length + 1).Replace('\', '/')] = $file
        }
        $names = [string[]]@($files.Keys)
        [Array]::Sort($names, [StringComparer]::Ordinal)
        $lines = foreach ($name in $names) {
            "$name $([BitConverter]::ToString($sha.ComputeHash([IO.File]::ReadAllBytes($files[$name]))).Replace('-', '').ToLowerInvariant())`n"
        }
        return [BitConverter]::ToString($sha.ComputeHash([Text.Encoding]::UTF8.GetBytes(-join @($lines)))).Replace('-', '').ToLowerInvariant()
    }
    catch [IO.IOException], [UnauthorizedAccessException] { return '' }
    finally { $sha.Dispose() }
}
