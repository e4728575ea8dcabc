# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Runs our functions for files on real files, and those for signatures and MSI tables on STUBS of the cmdlet and the COM object under them. Each check
# names what came of it.
param([Parameter(Mandatory = $true)][string]$Functions, [Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
. (Join-Path $PSScriptRoot 'stubs/windows.ps1')
$env:ProgramData = $Folder
$global:World = @{ protected = @(); unprotected = $false }
$told = [ordered]@{}
function Get-Told {
    # what a block gives, or the id of the error that it ends with, and its text
    param([scriptblock]$Block)
    try { return (& $Block) } catch { return ('error ' + ($_.FullyQualifiedErrorId -split ',')[0] + ': ' + $_.Exception.Message) }
}
$whole = New-Object byte[] 3000000
(New-Object Random 7).NextBytes($whole)
$sha = (Get-StreamHash -Stream (New-Object IO.MemoryStream (, $whole)))
function Send-Chunk {
    param([string]$Name, [int]$Offset, [int]$Length, [string]$Sum = $sha)
    $data = [Convert]::ToBase64String($whole, $Offset, [Math]::Min($Length, $whole.Length - $Offset))
    return (Write-EntraSyncFile -Name $Name -Offset $Offset -Data $data -Size $whole.Length -Sha256 $Sum)
}

# a folder that somebody made beforehand, with a part of the file that is sent: protected at any offset, before a byte is written
$null = New-Item -ItemType Directory -Path (Get-FileFolder)
[IO.File]::WriteAllBytes((Join-Path (Get-FileFolder) 'z.bin.part'), $whole[0..99])
$null = Send-Chunk 'z.bin' 100 100
$told['gone on, protected'] = @($World.protected | ForEach-Object { $_.Replace('\', '/').Substring($Folder.Length) }) -join ' '
$null = Remove-Item -LiteralPath (Get-RecordFolder) -Recurse
# no folder at all: the refusal is told and stands in the journal at once, and a folder that cannot be protected takes no byte
$global:slept = 0
function Start-Sleep { param([int]$Milliseconds) $global:slept++ }
$told['no folder'] = Get-Told { Send-Chunk 'z.bin' 100 100 }
$told['no folder, journal'] = @(foreach ($line in [IO.File]::ReadAllLines((Join-Path (Get-RecordFolder) 'journal.jsonl'))) { (ConvertFrom-Json -InputObject $line).what }) -join ' '
$null = Remove-Item -LiteralPath (Get-RecordFolder) -Recurse
$told['no folder, no line'] = (Get-Told { Add-JournalLine -Line '{}' }) -like '*Could not find a part of the path*'
$told['no folder, not waited for'] = $global:slept
Remove-Item function:Start-Sleep
$stub = ${function:Protect-Folder}
function Protect-Folder { param([string]$Path) if ($Path -like $global:refused) { throw 'it was open to others' } }
$null = New-Item -ItemType Directory -Path (Get-FileFolder)
[IO.File]::WriteAllBytes((Join-Path (Get-FileFolder) 'z.bin.part'), $whole[0..99])
foreach ($global:refused in '*EntraConnectOps', '*files') { foreach ($at in 0, 100) { $told["not protected $global:refused $at"] = Get-Told { Send-Chunk 'z.bin' $at 100 } } }
$told['not protected, nothing written'] = (New-Object IO.FileInfo (Join-Path (Get-FileFolder) 'z.bin.part')).Length
Set-Item function:Protect-Folder $stub
Remove-Item -LiteralPath (Get-RecordFolder) -Recurse
$World.protected = @()

# a whole file, byte for byte
for ($at = 0; $at -lt 1000000; $at += 250000) { $null = Send-Chunk 'a.bin' $at 250000 }
$state = Get-EntraSyncFile -Name 'a.bin'
$told['part of it'] = "$($state.exists) $($state.part_size)"
$told['part is a beginning'] = $state.part_sha256 -eq (Get-StreamHash -Stream (New-Object IO.MemoryStream ($whole, 0, 1000000)))
$told['again'] = Get-Told { Send-Chunk 'a.bin' 750000 250000 }
$told['ahead'] = Get-Told { Send-Chunk 'a.bin' 1250000 250000 }
$told['from the beginning'] = Get-Told { Send-Chunk 'a.bin' 0 250000 }
$told['still there'] = (Get-EntraSyncFile -Name 'a.bin').part_size
for ($at = 1000000; $at -lt $whole.Length; $at += 250000) { $last = Send-Chunk 'a.bin' $at 250000 }
$told['complete'] = "$($last.complete) $($last.size)"
$state = Get-EntraSyncFile -Name 'a.bin'
$told['whole'] = "$($state.exists) $($state.size) $($state.sha256 -eq $sha) $($state.part_size)"
$told['late copy of a chunk'] = Get-Told { Send-Chunk 'a.bin' 250000 250000 }
$told['protected'] = @($World.protected | ForEach-Object { $_.Replace('\', '/').Substring($Folder.Length) }) -contains '/EntraConnectOps/files'
$back = New-Object IO.MemoryStream
$sums = @()
do {
    $piece = Read-EntraSyncFile -Name 'a.bin' -Offset ([int]$back.Length) -Length 262144
    $bytes = [Convert]::FromBase64String($piece.data)
    $back.Write($bytes, 0, $bytes.Length)
    if ($piece.sha256) { $sums += $piece.sha256 }
} until ($piece.end)
$told['read back'] = [Convert]::ToBase64String($back.ToArray()) -ceq [Convert]::ToBase64String($whole)
$told['one checksum'] = "$($sums.Count) $($sums[0] -eq $sha)"
$told['read behind the end'] = (Read-EntraSyncFile -Name 'a.bin' -Offset 9000000 -Length 5).data
$told['journal'] = @(foreach ($line in [IO.File]::ReadAllLines((Join-Path (Get-RecordFolder) 'journal.jsonl'))) { (ConvertFrom-Json -InputObject $line).what }) -join ' '

# the end was lost between the last byte and the name
[IO.File]::Move((Join-Path (Get-FileFolder) 'a.bin'), (Join-Path (Get-FileFolder) 'a.bin.part'))
$told['name alone'] = (Write-EntraSyncFile -Name 'a.bin' -Offset $whole.Length -Data '' -Size $whole.Length -Sha256 $sha).complete
$told['empty file'] = (Write-EntraSyncFile -Name 'empty' -Offset 0 -Data '' -Size 0 -Sha256 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855').complete
$told['over an old one'] = (Write-EntraSyncFile -Name 'a.bin' -Offset 0 -Data 'ZGF0YQ==' -Size 4 -Sha256 '3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7').complete
$told['new content'] = (Read-EntraSyncFile -Name 'a.bin').data

# what cannot be
$told['another checksum'] = Get-Told { Write-EntraSyncFile -Name 'b' -Offset 0 -Data 'ZGF0YQ==' -Size 4 -Sha256 ('0' * 64) }
$told['nothing left'] = "$((Get-EntraSyncFile -Name 'b').exists) $((Get-EntraSyncFile -Name 'b').part_size)"
foreach ($name in '..\x', '../x', 'C:\x', 'a/b', 'a\b', 'CON', 'con.msi', 'Nul', 'COM1.txt', 'lpt9', 'x:stream', '.hidden', '..', '.', '', 'x.', 'x ', 'a b', "a`nb", "a`n", 'x.part', 'X.PART', "$([char]0xe4).msi", "$([char]0x212a).msi", "a$([char]0)b", ('a' * 101), '*', 'a?', '%TEMP%', '$x') {
    foreach ($function in 'Get-EntraSyncFile', 'Read-EntraSyncFile', 'Remove-EntraSyncFile', 'Write-EntraSyncFile', 'Get-EntraSyncInstaller') {
        $given = @{ Name = $name }
        if ($function -eq 'Get-EntraSyncInstaller') { $given = @{ File = $name } }
        if ($function -eq 'Write-EntraSyncFile') { $given += @{ Offset = 0; Data = ''; Size = 0; Sha256 = '0' * 64 } }
        $answer = Get-Told { & $function @given }
        # PowerShell's own binder takes no empty text for a name
        if ("$answer" -notmatch '^error (EntraConnect\.bad_file_name|ParameterArgumentValidationErrorEmptyStringNotAllowed)') { $told["name taken: $function $name"] = $answer }
    }
}
foreach ($name in 'AzureADConnect.msi', 'a', '-a', '_', 'conx', 'a.b.c', ('a' * 100), 'part', 'COM10') { if ((Get-EntraSyncFile -Name $name).name -cne $name) { $told["name refused: $name"] = $true } }
foreach ($odd in @{ Offset = -1 }, @{ Size = 3 }, @{ Size = -1 }, @{ Offset = 2147483647; Size = 2147483647 }, @{ Data = 'no base64!' }, @{ Data = '' }, @{ Sha256 = 'xyz' }, @{ Data = [Convert]::ToBase64String((New-Object byte[] 262145)); Size = 262145 }) {
    $given = @{ Name = 'c'; Offset = 0; Data = 'ZGF0YQ=='; Size = 4; Sha256 = '0' * 64 }
    foreach ($key in $odd.Keys) { $given[$key] = $odd[$key] }
    $answer = Get-Told { Write-EntraSyncFile @given }
    if ("$answer" -notlike 'error EntraConnect.bad_chunk*') { $told["chunk taken: $($odd.Keys)"] = $answer }
}
$told['longest chunk'] = (Write-EntraSyncFile -Name 'c' -Offset 0 -Data ([Convert]::ToBase64String((New-Object byte[] 262144))) -Size 300000 -Sha256 ('0' * 64)).size
$told['piece too long'] = Get-Told { Read-EntraSyncFile -Name 'a.bin' -Length 262145 }
$told['removed part only'] = "$((Remove-EntraSyncFile -Name 'c' -PartOnly $true).changed) $((Remove-EntraSyncFile -Name 'c').changed)"
$told['removed'] = "$((Remove-EntraSyncFile -Name 'a.bin').changed) $((Get-EntraSyncFile -Name 'a.bin').exists)"

# a disk without room: the part is a link to a device where the kernel refuses each byte
$null = [IO.File]::CreateSymbolicLink((Join-Path (Get-FileFolder) 'd.part'), '/dev/full')
$told['disk full'] = Get-Told { Write-EntraSyncFile -Name 'd' -Offset 0 -Data 'ZGF0YQ==' -Size 4 -Sha256 ('0' * 64) }
$null = New-Item -ItemType Directory -Path (Join-Path (Get-FileFolder) 'e')
$told['not to be deleted'] = Get-Told { Remove-EntraSyncFile -Name 'e' }

# a file that is locked for msiexec
$null = Write-EntraSyncFile -Name 'f.msi' -Offset 0 -Data 'ZGF0YQ==' -Size 4 -Sha256 '3a6eb0790f39ac87c94f3856b2dd2c5d110e6811602261a9a923d3bb23adc8b7'
$path = Join-Path (Get-FileFolder) 'f.msi'
$held = Lock-File -Path $path
$told['locked is read'] = (Get-FileFact -Path $path).size
$told['locked is not written'] = (Get-Told { ([IO.File]::Open($path, 'Open', 'Write', 'None')).Dispose() }) -like '*being used by another process*'
$held.Dispose()
$told['no file to lock'] = $null -eq (Lock-File -Path (Join-Path $Folder 'nowhere'))
$writer = [IO.File]::Open($path, 'Open', 'ReadWrite', 'None')
$told['not to be locked'] = Get-Told { Lock-File -Path $path }
$writer.Dispose()

# signature and product, on stubs
foreach ($name in 'Get-FileSignature', 'Get-InstallerProduct') { Remove-Item "function:$name" }
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
Add-Type -TypeDefinition @'
using System;
public class LabName { public string Text; public string Format(bool lines) { return Text.Replace("; ", lines ? "\r\n" : ", "); } }
public class LabRow { public string Text; [System.Runtime.CompilerServices.IndexerName("StringData")] public string this[int field] { get { return field == 1 ? Text : ""; } } }
public class LabView { public string Query; public void Execute() { } public object Fetch() {
    if (Query.Contains("'ProductName'")) return new LabRow { Text = "Microsoft Entra Connect Sync" };
    return null; } }
public class LabDatabase { public object OpenView(string query) { return new LabView { Query = query }; } }
public class LabInstaller { public object OpenDatabase(string path, int mode) { if (mode != 0 || !path.EndsWith(".msi")) throw new Exception("OpenDatabase failed"); return new LabDatabase(); } }
'@
function Get-AuthenticodeSignature {
    [CmdletBinding()] param([string]$LiteralPath)
    $certificate = $null
    if ($World.subject) { $certificate = [pscustomobject]@{ Subject = $World.subject; SubjectName = (New-Object LabName -Property @{ Text = $World.subject }) } }
    [pscustomobject]@{ Status = $World.status; SignerCertificate = $certificate }
}
function New-Object {
    [CmdletBinding()] param([Parameter(Position = 0)][string]$TypeName, [Parameter(Position = 1)]$ArgumentList, [string]$ComObject, $Property)
    if ($ComObject) { return [LabInstaller]::new() }
    Microsoft.PowerShell.Utility\New-Object @PSBoundParameters
}
foreach ($case in @('Valid', 'CN=Microsoft Corporation; O=Microsoft Corporation; L=Redmond'), @('NotSigned', ''), @('Valid', 'CN="x, O=Microsoft Corporation, y"; O=Contoso')) {
    $World.status, $World.subject = $case
    $signature = Get-FileSignature -Path $path
    $told["signature $($case[0]) $($case[1])"] = "$($signature.status), $($signature.organisation)"
}
$product = Get-InstallerProduct -Path $path
$told['product'] = "$($product.name), $($product.version)"
$product = Get-InstallerProduct -Path 'a.txt'
$told['no MSI'] = "$($product.name), $($product.version)"
[Console]::Out.Write((ConvertTo-Json -InputObject $told -Depth 4))
