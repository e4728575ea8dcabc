# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function ConvertTo-ModuleFile {
    <#
    .SYNOPSIS
    The module's files from their JSON text, name -> text. Names that could lead out of the folder, or to another kind of file, refuse: module_files.
    #>
    param([Parameter(Mandatory = $true)][string]$Json)
    $files = @{}
    try { $given = ConvertFrom-Json -InputObject $Json -ErrorAction Stop }
    catch { New-Refusal 'module_files' "the list of files is no JSON: $($_.Exception.Message)" }
    if ($given -isnot [System.Management.Automation.PSCustomObject]) { New-Refusal 'module_files' 'the list of files is no table of names and texts' }
    foreach ($property in $given.PSObject.Properties) {
        $plain = $property.Name -cmatch '\A([A-Za-z0-9_-]+/){0,2}[A-Za-z0-9_][A-Za-z0-9._-]*\.(ps1|psm1|psd1|psrc)\z' -and -not $property.Name.Contains('..')
        if (-not $plain -or $property.Value -isnot [string]) { New-Refusal 'module_files' "'$($property.Name)' is no plain relative name of a PowerShell file" }
        $files[$property.Name] = $property.Value
    }
    if (-not $files.ContainsKey('EntraConnectOps.psd1')) { New-Refusal 'module_files' 'there is no EntraConnectOps.psd1 among the files' }
    return $files
}
