# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Puts a mark before every statement that begins a line, in every function file below a folder; lines keep their numbers. A mark notes itself once a
# process, at once and in a file of its own, so that a killed process loses nothing. Writes lines.json: name of each file -> its lines that can be hit.
param([Parameter(Mandatory = $true)][string]$Folder, [Parameter(Mandatory = $true)][string]$Lines)
$ErrorActionPreference = 'Stop'
$mark = 'if(-not [Environment]::GetEnvironmentVariable("LabHit:{0}")){{[Environment]::SetEnvironmentVariable("LabHit:{0}","1");' +
    '[IO.File]::AppendAllText([IO.Path]::Combine($env:ENTRA_LAB_COVERAGE,"$PID.hits"),"{0}`n")}};'
$counted = [ordered]@{}
foreach ($file in @(Get-ChildItem -LiteralPath (Join-Path $Folder 'Public'), (Join-Path $Folder 'Private') -Filter '*.ps1' | Sort-Object -Property Name)) {
    $text = [IO.File]::ReadAllText($file.FullName)
    $errors = $null
    $tree = [Management.Automation.Language.Parser]::ParseInput($text, [ref]$null, [ref]$errors)
    if ($errors.Count) { throw "$($file.Name): $($errors[0].Message)" }
    $found = $tree.FindAll({
            param($node)
            $block = $node.Parent
            $node -is [Management.Automation.Language.StatementAst] -and $node -isnot [Management.Automation.Language.FunctionDefinitionAst] -and
            ($block -is [Management.Automation.Language.StatementBlockAst] -or $block -is [Management.Automation.Language.NamedBlockAst])
        }, $true)
    $starts = @{}
    foreach ($node in $found) {
        $before = $text.Substring(0, $node.Extent.StartOffset)
        $line = $before.Substring($before.LastIndexOf("`n") + 1)
        if (-not $line.Trim() -and -not $starts.ContainsKey($node.Extent.StartOffset)) { $starts[$node.Extent.StartOffset] = $node.Extent.StartLineNumber }
    }
    foreach ($offset in @($starts.Keys | Sort-Object -Descending)) { $text = $text.Insert($offset, ($mark -f "$($file.Name):$($starts[$offset])")) }
    [IO.File]::WriteAllText($file.FullName, $text)
    $counted[$file.Name] = @($starts.Values | Sort-Object)
}
[IO.File]::WriteAllText($Lines, (ConvertTo-Json -InputObject $counted -Depth 3))
