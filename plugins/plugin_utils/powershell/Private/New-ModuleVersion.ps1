# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function New-ModuleVersion {
    <#
    .SYNOPSIS
    Writes one version of the module as a whole or not at all: into a folder beside it, checked, then renamed. module_checksum, module_unwritable.
    .DESCRIPTION
    A folder of that version with other content is renamed out of the way first, and back where the new one cannot take its place.
    #>
    param([Parameter(Mandatory = $true)][string]$Version, [Parameter(Mandatory = $true)][string]$Sha256, [Parameter(Mandatory = $true)][hashtable]$Files)
    $root = Join-Path (Get-ModuleFolder) 'EntraConnectOps'
    $target = Join-Path $root $Version
    $new = Join-Path $root ".new-$([Guid]::NewGuid().ToString('N'))"
    try {
        foreach ($name in $Files.Keys) {
            $path = Join-Path $new $name
            $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($path))
            [IO.File]::WriteAllText($path, $Files[$name], (New-Object Text.UTF8Encoding $false))
        }
        if ((Get-FolderHash -Path $new) -ne $Sha256) { New-Refusal 'module_checksum' 'what was written has another checksum than what was sent' }
        $old = ''
        if (Test-Path -LiteralPath $target) {
            $old = Join-Path $root ".old-$([Guid]::NewGuid().ToString('N'))"
            Move-ModuleFolder -From $target -To $old
        }
        try { Move-ModuleFolder -From $new -To $target }
        catch {
            if ($old) { Move-ModuleFolder -From $old -To $target }
            throw
        }
    }
    catch {
        if ($_.FullyQualifiedErrorId -like 'EntraConnect.*') { throw }
        New-Refusal 'module_unwritable' "the folder $target cannot be written: $($_.Exception.Message)"
    }
    finally { if (Test-Path -LiteralPath $new) { Remove-Item -LiteralPath $new -Recurse -Force -ErrorAction SilentlyContinue } }
}
