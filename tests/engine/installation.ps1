# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Installs our module and asks for endpoints on a folder of its own, with STUBS of Windows' session configurations and of WMI. Each check names what
# came of it. No endpoint is ever registered here.
param([Parameter(Mandatory = $true)][string]$Functions, [Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
$env:ProgramFiles = Join-Path $Folder 'ProgramFiles'
$env:ProgramData = Join-Path $Folder 'ProgramData'
$null = New-Item -ItemType Directory -Path $env:ProgramFiles, $env:ProgramData
$global:World = @{ configurations = @(); taken = $true; started = 0; script = ''; given = $null; protected = @() }
function Get-MutexName { return "EntraConnectOps-installation-$PID" }
function Protect-Folder { param([string]$Path) $World.protected += @($Path) }
function Get-PSSessionConfiguration { [CmdletBinding()] param() $World.configurations }
function New-PSSessionConfigurationFile {
    [CmdletBinding()] param($Path, $SessionType, $LanguageMode, $RoleDefinitions, $Description, $GroupManagedServiceAccount, [switch]$RunAsVirtualAccount, $RunAsVirtualAccountGroups)
    $World.given = @{} + $PSBoundParameters
    [IO.File]::WriteAllText($Path, $Description)
}
function Test-PSSessionConfigurationFile { [CmdletBinding()] param($Path) return $World.taken }
function Register-PSSessionConfiguration {
    [CmdletBinding()] param($Name, $Path, [switch]$Force)
    $World.configurations += [pscustomobject]@{ Name = $Name; Description = [IO.File]::ReadAllText($Path) }
}
function Unregister-PSSessionConfiguration { [CmdletBinding()] param($Name, [switch]$NoServiceRestart, [switch]$Force) $World.configurations = @($World.configurations | Where-Object { $_.Name -ne $Name }) }
function Invoke-CimMethod { [CmdletBinding()] param($ClassName, $MethodName, $Arguments) $World.script = $Arguments.CommandLine; [pscustomobject]@{ ReturnValue = $World.started } }

$told = [ordered]@{}
function Get-Told {
    # what a block gives, or the id of the error that it ends with
    param([scriptblock]$Block)
    try { return (& $Block) } catch { return ('error ' + ($_.FullyQualifiedErrorId -split ',')[0]) }
}
function Get-Given {
    # a module of these files, and the checksum that it has to have
    param([string]$Version, [hashtable]$Files)
    $place = Join-Path $Folder ([Guid]::NewGuid().ToString('N'))
    foreach ($name in $Files.Keys) {
        $null = New-Item -ItemType Directory -Path (Split-Path -Parent (Join-Path $place $name)) -Force
        [IO.File]::WriteAllText((Join-Path $place $name), $Files[$name])
    }
    return @{ Version = $Version; Sha256 = Get-FolderHash -Path $place; Files = (ConvertTo-Json -InputObject $Files) }
}
$one = Get-Given '0.1.0' @{ 'EntraConnectOps.psd1' = '@{}'; 'Private/Complete-EndpointRegistration.ps1' = '# nothing' }
$other = Get-Given '0.1.0' @{ 'EntraConnectOps.psd1' = '@{ }' }
$newer = Get-Given '0.10.0' @{ 'EntraConnectOps.psd1' = '@{}'; 'Private/Complete-EndpointRegistration.ps1' = '# nothing' }
$register = @{ Name = 'Entra.Reader'; Capability = 'reader'; Groups = @('CONTOSO\readers'); Fingerprint = 'a' * 64 }

$told['no module, no endpoint'] = Get-Told { Register-EntraSyncEndpoint @register }
$told['installed'] = (Install-EntraSyncModule @one).changed
$told['installed again'] = (Install-EntraSyncModule @one).changed
$told['other content of the same version'] = (Install-EntraSyncModule @other).changed
$told['newer takes its place'] = (Install-EntraSyncModule @newer).changed
$told['one is left'] = @((Get-EntraSyncModule).installed | ForEach-Object { $_.version })
$told['checksum wrong'] = Get-Told { Install-EntraSyncModule -Version '1.0.0' -Sha256 ('0' * 64) -Files $one.Files }
foreach ($text in '{', '[]', '{"../x.ps1": ""}', '{"x.ps1": 3}', '{"x.ps1": ""}') { $told["files $text"] = Get-Told { Install-EntraSyncModule -Version '1.0.0' -Sha256 ('0' * 64) -Files $text } }
$told['no hash of a folder that is not there'] = Get-FolderHash -Path (Join-Path $Folder 'nowhere')

$told['endpoint absent'] = Get-Told { (Get-EntraSyncEndpoint -Name 'Entra.Reader').state }
$World.configurations = @([pscustomobject]@{ Name = 'microsoft.powershell' }, [pscustomobject]@{ Name = 'Foreign'; Description = 'somebody else' })
$told['endpoint absent, others there'] = (Get-EntraSyncEndpoint -Name 'Entra.Reader').state
$told['endpoint asked for'] = (Register-EntraSyncEndpoint @register).changed
$told['endpoint pending'] = (Get-EntraSyncEndpoint -Name 'Entra.Reader').state
$told['no value in the process'] = $World.script.Contains('readers')
Complete-EndpointRegistration -DelayMilliseconds 0
$read = Get-EntraSyncEndpoint -Name 'Entra.Reader'
$told['endpoint registered'] = "$($read.state) $($read.ours) $($read.capability) $($read.groups) $($read.account_groups.Count)"
$told['endpoint restricted'] = "$($World.given.SessionType) $($World.given.LanguageMode) $($World.given.RunAsVirtualAccount) $($World.given.RoleDefinitions['CONTOSO\readers'].RoleCapabilities)"
Complete-EndpointRegistration -DelayMilliseconds 0
$told['done once only'] = @($World.configurations).Count
$null = Register-EntraSyncEndpoint @register
Complete-EndpointRegistration -DelayMilliseconds 0
$told['same fingerprint is left alone'] = @($World.configurations).Count
$managed = @{ Name = 'Entra.Reader'; Capability = 'operator'; Groups = @('CONTOSO\ops'); ManagedAccount = 'CONTOSO\ops$'; Fingerprint = 'b' * 64 }
$null = Register-EntraSyncEndpoint @managed
Complete-EndpointRegistration -DelayMilliseconds 0
$told['endpoint changed'] = "$((Get-EntraSyncEndpoint -Name 'Entra.Reader').capability) $($World.given.GroupManagedServiceAccount)"
$null = Register-EntraSyncEndpoint -Name 'Entra.Other' -Capability 'reader' -Groups 'CONTOSO\readers' -AccountGroups 'CONTOSO\sync' -Fingerprint ('c' * 64)
$World.taken = $false
Complete-EndpointRegistration -DelayMilliseconds 0
$told['endpoint not taken'] = "$((Get-EntraSyncEndpoint -Name 'Entra.Other').state) $($World.given.RunAsVirtualAccountGroups)"
$World.taken = $true
$null = Unregister-EntraSyncEndpoint -Name 'Entra.Reader'
Complete-EndpointRegistration -DelayMilliseconds 0
$told['endpoint removed'] = (Get-EntraSyncEndpoint -Name 'Entra.Reader').state
$null = Unregister-EntraSyncEndpoint -Name 'Entra.Reader'
$wanted = Read-EndpointFile -Name 'Entra.Reader' -Kind 'wanted'
$wanted['since'] = Get-UtcText ([DateTime]::UtcNow.AddHours(-1))
Write-EndpointFile -Name 'Entra.Reader' -Kind 'wanted' -Value $wanted
Complete-EndpointRegistration -DelayMilliseconds 0
$told['asked for too long ago'] = (Get-EntraSyncEndpoint -Name 'Entra.Reader').state
# what merely lies there: never asked for, or asked for before another one, or not what the asking function takes; none is carried out
$count = @($World.configurations).Count
$odd = @{ name = 'Entra.Odd'; state = 'present'; capability = 'operator'; groups = @('CONTOSO\evil'); account_groups = @(); managed_account = ''; fingerprint = 'd' * 64
    id = 'planted'; since = Get-UtcText }
Write-EndpointFile -Name 'Entra.Odd' -Kind 'wanted' -Value $odd
$null = Register-EntraSyncEndpoint -Name 'Entra.Early' -Capability 'reader' -Groups 'CONTOSO\readers' -Fingerprint ('e' * 64)
$null = Unregister-EntraSyncEndpoint -Name 'Entra.Reader'
Complete-EndpointRegistration -DelayMilliseconds 0
foreach ($name in 'Entra.Odd', 'Entra.Early') { $told["not asked for $name"] = (Get-EntraSyncEndpoint -Name $name).error }
foreach ($wrong in @{ groups = @("x'; evil") }, @{ groups = @() }, @{ capability = 'other' }, @{ state = 'gone' }, @{ fingerprint = 'd' }, @{ name = 'Entra.Reader' }, @{ name = '..\x' }) {
    $null = Register-EntraSyncEndpoint -Name 'Entra.Odd' -Capability 'reader' -Groups 'CONTOSO\readers' -Fingerprint ('e' * 64)
    $wanted = Read-EndpointFile -Name 'Entra.Odd' -Kind 'wanted'
    foreach ($key in $wrong.Keys) { $wanted[$key] = $wrong[$key] }
    Write-EndpointFile -Name 'Entra.Odd' -Kind 'wanted' -Value $wanted
    Complete-EndpointRegistration -DelayMilliseconds 0
    $told["changed in its file $($wrong.Keys) $($wrong.Values)"] = (Get-EntraSyncEndpoint -Name 'Entra.Odd').error
}
$told['nothing of that is carried out'] = @($World.configurations).Count - $count
$told['folder of requests protected'] = @($World.protected | Where-Object { $_ -eq (Get-EndpointFolder) }).Count -gt 0
$told['foreign endpoint'] = Get-Told { Unregister-EntraSyncEndpoint -Name 'Foreign' }
$told['foreign endpoint, found late'] = Get-Told { Set-EndpointRegistration -Wanted @{ name = 'Foreign'; state = 'absent' } }
$World.started = 8
$told['process not started'] = Get-Told { Unregister-EntraSyncEndpoint -Name 'Entra.Reader' }
$World.started = 0
[IO.File]::WriteAllText((Join-Path (Get-EndpointFolder) 'Entra.Odd.wanted.json'), '[]')
$told['request damaged'] = (Get-EntraSyncEndpoint -Name 'Entra.Odd').state
$odd = @{ 'name' = @{ Name = '1 2' }; 'no group' = @{ Groups = @() }; 'two accounts' = @{ AccountGroups = @('x'); ManagedAccount = 'A\b$' }
    'group' = @{ Groups = @("x'; evil") }; 'managed account' = @{ ManagedAccount = 'nobody' } }
foreach ($name in @($odd.Keys | Sort-Object)) {
    $given = @{} + $register
    foreach ($key in $odd[$name].Keys) { $given[$key] = $odd[$name][$key] }
    $told["odd $name"] = Get-Told { Register-EntraSyncEndpoint @given }
}

$told['uninstalled'] = (Uninstall-EntraSyncModule).changed
$told['folder gone'] = Test-Path -LiteralPath (Join-Path (Get-ModuleFolder) 'EntraConnectOps')
$told['uninstalled again'] = (Uninstall-EntraSyncModule).changed
[IO.File]::WriteAllText((Join-Path (Get-ModuleFolder) 'EntraConnectOps'), 'in the way')
$told['folder unwritable'] = Get-Told { Install-EntraSyncModule @one }
Remove-Item -LiteralPath (Join-Path (Get-ModuleFolder) 'EntraConnectOps')
$null = Install-EntraSyncModule @one
function Move-ModuleFolder { param([string]$From, [string]$To) if ($From -notlike '*.old-*' -and $From -notlike '*.new-*') { throw 'in use' } [IO.Directory]::Move($From, $To) }
$kept = Uninstall-EntraSyncModule
$told['in use'] = "$($kept.changed) $(@($kept.left).Count)"
$told['in use, another content'] = Get-Told { Install-EntraSyncModule @other }
function Move-ModuleFolder { param([string]$From, [string]$To) if ($From -like '*.new-*') { throw 'in use' } [IO.Directory]::Move($From, $To) }
$told['the old one comes back'] = Get-Told { Install-EntraSyncModule @other }
$told['it is back'] = @(Get-ModuleInstallation)[0].sha256 -eq $one.Sha256
[Console]::Out.Write((ConvertTo-Json -InputObject $told -Depth 4))
