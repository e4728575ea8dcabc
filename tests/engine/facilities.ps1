# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Runs our own functions for facilities of Windows, with STUBS of the cmdlets and types under them that Linux lacks. Each check names what came of it.
param([Parameter(Mandatory = $true)][string]$Functions, [Parameter(Mandatory = $true)][string]$Folder)
$ErrorActionPreference = 'Stop'
. ([scriptblock]::Create([IO.File]::ReadAllText($Functions)))
$env:ProgramFiles = Join-Path $Folder 'ProgramFiles'
$env:ProgramData = Join-Path $Folder 'ProgramData'
$null = New-Item -ItemType Directory -Path $env:ProgramFiles, $env:ProgramData
$hive = 'HKLM:\SOFTWARE\{0}Microsoft\Windows\CurrentVersion\Uninstall\*'
$global:World = @{ registry = @{}; running = @(); sddl = 'O:S-1-5-21-1-2-3-1001G:DUD:AI(A;OICIID;FA;;;S-1-5-21-1-2-3-1001)'; planted = $false; files = @{}; msiexec = $null; modules = @(); imported = '' }

# stubs of cmdlets
function Get-ItemProperty {
    [CmdletBinding()] param([string]$Path, [string]$Name)
    if ($World.registry.ContainsKey($Path)) { return $World.registry[$Path] }
    Write-Error -Message "Cannot find path '$Path'."
}
function Get-CimInstance { [CmdletBinding()] param([string]$ClassName) [pscustomobject]@{ LastBootUpTime = ([DateTime]'2026-11-01T05:06:07Z').ToLocalTime() } }
function Get-Process { [CmdletBinding()] param() if ($null -eq $World.running) { throw 'Access is denied.' } foreach ($name in $World.running) { [pscustomobject]@{ Name = $name } } }
function Get-Item {
    [CmdletBinding()] param([string]$LiteralPath)
    $part = @(([string]$World.files[$LiteralPath.Replace('\', '/')]) -split '\.')
    if ($part.Count -ne 4) { throw "Cannot find path '$LiteralPath'." }
    $numbers = @{ FileMajorPart = $part[0]; FileMinorPart = $part[1]; FileBuildPart = $part[2]; FilePrivatePart = $part[3] }
    [pscustomobject]@{ VersionInfo = [pscustomobject]$numbers }
}
function Test-AccessControl { return $true }
function Get-Acl {
    [CmdletBinding()] param([string]$LiteralPath)
    $acl = [pscustomobject]@{ Sddl = $World.sddl; AreAccessRulesProtected = $World.sddl -like '*D:P*' }
    $acl | Add-Member -MemberType ScriptMethod -Name SetSecurityDescriptorSddlForm -Value { param($text, $sections) $this.Sddl = "$text $sections" }
    return $acl
}
function Set-Acl {
    [CmdletBinding()] param([string]$LiteralPath, $AclObject)
    if ($World.acl_fails) { throw 'Access is denied.' }
    if ($World.planted) { [IO.File]::WriteAllText((Join-Path $LiteralPath 'planted'), '') }
    $World.sddl = $AclObject.Sddl
}
function Start-Process {
    [CmdletBinding()] param([string]$FilePath, [string[]]$ArgumentList, [switch]$PassThru)
    $World.msiexec.arguments = "$FilePath $($ArgumentList -join ' ')"
    $process = [pscustomobject]@{ ExitCode = $World.msiexec.code; ends = $World.msiexec.ends }
    $process | Add-Member -MemberType ScriptMethod -Name WaitForExit -Value { param($milliseconds) return $this.ends }
    return $process
}
function Import-Module { [CmdletBinding()] param([string]$Name) if ($World.modules -notcontains ($Name -split '[\\/]')[-1]) { throw "The specified module '$Name' was not loaded." } $World.imported = $Name }
function New-Object {
    param([Parameter(Position = 0)][string]$TypeName, [Parameter(Position = 1)]$ArgumentList)
    if ($TypeName -eq 'Threading.Mutex' -and $World.mutex) {
        if ($World.mutex -eq 'denied') { throw 'Access to the path is denied.' }
        $mutex = [pscustomobject]@{}
        $mutex | Add-Member -MemberType ScriptMethod -Name WaitOne -Value { param($milliseconds) return $false }
        $mutex | Add-Member -MemberType ScriptMethod -Name Dispose -Value { }
        return $mutex
    }
    if ($null -eq $ArgumentList) { return (Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName) }
    return (Microsoft.PowerShell.Utility\New-Object -TypeName $TypeName -ArgumentList $ArgumentList)
}

$told = [ordered]@{}
function Get-Told {
    # what a block gives, or the id of the error that it ends with
    param([scriptblock]$Block)
    try { return (& $Block) } catch { return ('error ' + ($_.FullyQualifiedErrorId -split ',')[0]) }
}
function Get-Message {
    # the code of the refusal that a block ends with, and its last sentence
    param([scriptblock]$Block)
    try { return (& $Block) } catch { return (($_.FullyQualifiedErrorId -split ',')[0] + ': ' + ($_.Exception.Message.Replace($env:ProgramData, '').Replace('\', '/') -split ': ', 2)[1]) }
}
$cryptography = 'HKLM:\SOFTWARE\Microsoft\Cryptography'
$told['machine id unread'] = Get-Told { Get-MachineId }
$World.registry[$cryptography] = [pscustomobject]@{ MachineGuid = 'guid-1' }
$told['machine id'] = Get-MachineId
$told['boot id'] = Get-BootId
$told['mutex name'] = Get-MutexName
$told['module folder'] = (Get-ModuleFolder).Replace('\', '/').Substring($env:ProgramFiles.Length)
$told['engine folder by default'] = (Get-ServiceParameter).Replace('\', '/').Substring($env:ProgramFiles.Length)
$World.registry['HKLM:\SYSTEM\CurrentControlSet\Services\ADSync\Parameters'] = [pscustomobject]@{ Path = '/opt/sync/' }
$told['engine folder'] = (Get-ServiceParameter).Replace('\', '/').TrimEnd('/')
$told['engine version unread'] = Get-EngineVersion
$World.files["$(Get-ServiceParameter)/Bin/miiserver.exe".Replace('//', '/')] = '2.5.79.0'
$told['engine version'] = Get-EngineVersion
$told['wizard absent'] = Get-WizardVersion
foreach ($pair in @('Microsoft Azure AD Connect', '2.5.9.0'), @('Microsoft Entra Connect', '2.5.79.0')) {
    $World.files["$env:ProgramFiles/$($pair[0])/AzureADConnect.exe"] = $pair[1]
}
$told['wizard version'] = Get-WizardVersion
$told['uninstall none'] = @(Get-UninstallEntry).Count
$World.registry[$hive -f ''] = @([pscustomobject]@{ DisplayName = 'Microsoft Entra Connect Sync'; DisplayVersion = '2.5.79.0' }, [pscustomobject]@{ DisplayName = 'Other' }, [pscustomobject]@{ Size = 1 })
$World.registry[$hive -f 'WOW6432Node\'] = @([pscustomobject]@{ DisplayName = 'Microsoft Azure AD Connect synchronization services' })
$told['uninstall'] = @(Get-UninstallEntry | ForEach-Object { "$($_.name) $($_.version)" })
foreach ($names in @(), @('AzureADConnect', 'msiexec'), @('miisclient', 'msiexec', 'msiexec')) {
    $World.running = $names
    $state = Get-ProcessState
    $told["processes $($names -join ' ')"] = "$($state.wizard) $($state.manager) $($state.installer)"
}
$World.running = $null
$told['processes unread'] = $null -eq (Get-ProcessState).wizard

$told['folder not protected'] = Get-Told { $World.acl_fails = $true; Initialize-RecordFolder }
$World.acl_fails = $false
Initialize-RecordFolder
$told['folder protected'] = $World.sddl
$place = Get-RecordFolder
[IO.File]::WriteAllText((Join-Path $place 'journal.jsonl'), '')
Initialize-RecordFolder
$told['folder protected again'] = @([IO.Directory]::GetFiles($place)).Count
# made by somebody else, or ours and not closed yet, with something in it: it stays as it is, however often it is asked
foreach ($sddl in 'O:S-1-5-21-1-2-3-1001G:DUD:PAI(A;OICI;FA;;;WD)', 'O:BAG:DUD:AI(A;OICIID;FA;;;BA)') {
    $World.sddl = $sddl
    $told["folder of others $sddl"] = @(foreach ($again in 1, 2) { Get-Message { Initialize-RecordFolder } })
    $told["folder of others $sddl"] += $World.sddl -ceq $sddl
}
[IO.Directory]::Delete($place, $true)
$World.planted = $true
$told['folder filled meanwhile'] = Get-Message { Initialize-RecordFolder }
$told['folder is aside'] = "$(Test-Path -LiteralPath $place) $(@([IO.Directory]::GetDirectories($env:ProgramData, 'EntraConnectOps.open-*')).Count)"
$World.planted = $false
$null = New-Item -ItemType Directory -Path (Join-Path $Folder 'elsewhere') -Force
$null = [IO.Directory]::CreateSymbolicLink((Get-RecordFolder), (Join-Path $Folder 'elsewhere'))
$told['folder leads elsewhere'] = Get-Message { Initialize-RecordFolder }
[IO.Directory]::Delete((Get-RecordFolder))
Initialize-RecordFolder

$World.msiexec = @{ code = 3010; ends = $true; arguments = '' }
$told['msiexec'] = Invoke-Installer -Path 'C:\a b.msi' -TimeoutSeconds 5
$told['msiexec arguments'] = $World.msiexec.arguments
$World.msiexec.ends = $false
$told['msiexec hangs'] = Get-Told { Invoke-Installer -Path 'C:\a.msi' -TimeoutSeconds 5 }

$told['module missing'] = Get-Told { Import-Sync }
$World.modules = @('ADSync.psd1')
Import-Sync
$told['module by path'] = $World.imported.Replace('\', '/')
$World.modules = @('ADSync')
Import-Sync
$told['module by name'] = $World.imported
foreach ($how in 'denied', 'taken') {
    $World.mutex = $how
    $told["mutex $how"] = Get-Told { if ($null -ne (Enter-Mutex)) { 'ours' } }
}
$World.mutex = ''

# child processes, real ones
$record = @{ child = $null }
$told['child done'] = Invoke-InChild -Command 'Get-Date' -Parameters @{} -Record $record -TimeoutSeconds 60
$told['child failed'] = (Invoke-InChild -Command 'Get-Content' -Parameters @{ LiteralPath = '/nowhere/at all' } -Record $record -TimeoutSeconds 60).Contains('/nowhere/at all')
$told['child hangs'] = Invoke-InChild -Command 'Start-Sleep' -Parameters @{ Seconds = 600 } -Record $record -TimeoutSeconds 1
$told['child forgotten'] = $null -eq $record['child']
$other = [Diagnostics.Process]::Start('sleep', '600')
$record['child'] = @{ pid = $other.Id; started = Get-UtcText $other.StartTime.ToUniversalTime(); function = 'Set-ADSyncScheduler'; deadline = Get-UtcText }
$told['child alive'] = Test-ChildAlive $record['child']
Stop-Child -Record $record
$told['child ended'] = $other.WaitForExit(5000)
$record['child'] = @{ pid = $PID; started = '2020-01-01T00:00:00.000000Z'; function = 'x'; deadline = '' }
$told['child number taken by another'] = Test-ChildAlive $record['child']
$record['child'] = @{ pid = $PID; started = 'no time'; function = 'x'; deadline = '' }
$told['child not judged counts as alive'] = Test-ChildAlive $record['child']
$told['child not judged is not ended'] = Get-Told { Stop-Child -Record $record }
$null = Write-Record $record
$told['child told'] = (Get-RecordPart).child.alive
$told['steps by name'] = @(foreach ($name in 'Export', 'Full Import', 'Delta Import', 'Full Synchronization', 'Delta Synchronization', 'Nightly') { Get-StepType -Run @{ RunProfileName = $name } -Step $null })

# the registry, disks, certificates and files behind the prerequisites; the stubs below are seen by this block alone
& {
    function Test-Path { [CmdletBinding()] param([string]$LiteralPath) return $LiteralPath -eq 'HKLM:\there' }
    function Get-ItemProperty { [CmdletBinding()] param([string]$LiteralPath) return [pscustomobject]@{ Size = 7 } }
    function Get-ChildItem { [CmdletBinding()] param([string]$Path) [pscustomobject]@{ Thumbprint = 'AB'; NotAfter = ([DateTime]'2027-03-04T05:06:07Z').ToLocalTime() } }
    function Get-Item {
        [CmdletBinding()] param([string]$LiteralPath)
        if ($World.no_config) { return }
        [pscustomobject]@{ CreationTimeUtc = [DateTime]'2026-01-01'; LastWriteTimeUtc = [DateTime]$World.written }
    }
    $told['registry value'] = Get-RegistryValue -Path 'HKLM:\there' -Name 'Size'
    $told['registry value absent'] = @((Get-RegistryValue -Path 'HKLM:\there' -Name 'Other'), (Get-RegistryValue -Path 'HKLM:\nowhere' -Name 'Size'))
    $told['registry key'] = @((Test-RegistryKey 'HKLM:\there'), (Test-RegistryKey 'HKLM:\nowhere'))
    $told['certificate end'] = @((Get-CertificateEnd 'AB'), (Get-CertificateEnd 'CD'))
    $World.written = '2026-01-01T23:00:00'
    $told['engine config as installed'] = Test-EngineConfigChanged
    $World.written = '2026-02-01T00:00:00'
    $told['engine config changed'] = Test-EngineConfigChanged
    $World.no_config = $true
    $told['engine config unread'] = Test-EngineConfigChanged
}
$told['drive'] = (Get-DriveFact $env:ProgramData).free_mb -gt 0
[Console]::Out.Write((ConvertTo-Json -InputObject $told -Depth 4))
