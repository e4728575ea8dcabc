# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# A disk that becomes full in the middle of a call: from write number $FullFrom on (0: never) every file of ours leads to /dev/full, where the kernel
# refuses each byte. Our functions that write are called as they are.
$global:FullFrom = 0
$global:Writes = 0
$realJournal = ${function:Add-JournalLine}
$realFile = ${function:Write-WholeFile}

function Set-DiskFull {
    param([string]$Path)
    if ((Test-Path -LiteralPath $Path) -and -not [IO.File]::Exists("$Path.kept") -and $null -eq [IO.File]::ResolveLinkTarget($Path, $false)) { [IO.File]::Move($Path, "$Path.kept") }
    if (-not [IO.File]::Exists($Path)) { $null = [IO.File]::CreateSymbolicLink($Path, '/dev/full') }
}
function Clear-Disk {
    if ($global:FullFrom -eq 0) { return }
    $global:FullFrom = 0
    foreach ($file in [IO.Directory]::GetFiles((Get-RecordFolder))) { if ($null -ne [IO.File]::ResolveLinkTarget($file, $false)) { [IO.File]::Delete($file) } }
    foreach ($file in [IO.Directory]::GetFiles((Get-RecordFolder), '*.kept')) { [IO.File]::Move($file, ($file -replace '\.kept$', '')) }
}
function Add-JournalLine {
    param([string]$Line)
    $global:Writes++
    if ($global:FullFrom -gt 0 -and $global:Writes -ge $global:FullFrom) { Set-DiskFull (Join-Path (Get-RecordFolder) 'journal.jsonl') }
    & $realJournal -Line $Line
}
function Write-WholeFile {
    param([string]$Path, [string]$Text)
    $global:Writes++
    if ($global:FullFrom -gt 0 -and $global:Writes -ge $global:FullFrom) { Set-DiskFull "$Path.part" }
    & $realFile -Path $Path -Text $Text
}
