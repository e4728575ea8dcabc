# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# STUB of the facilities that our functions reach without a cmdlet: registry, file versions, access control, processes, msiexec, signatures,
# csexport. Each stands in the place of our Private function of that name, by an alias: an alias goes before a function, however the functions come.
$stubs = @{
    'Get-MachineId' = { return [string](Invoke-LabModel 'machine_id') }
    'Protect-Folder' = { param([string]$Path) }
    'Get-MutexName' = { return "EntraConnectOps-$env:ENTRA_LAB_MODEL-$env:ENTRA_LAB_SERVER" }
    'Get-ModuleFolder' = { return (Join-Path $env:ProgramFiles 'WindowsPowerShell/Modules') }
    'Get-EngineVersion' = { return [string](Invoke-LabModel 'versions').engine }
    'Get-WizardVersion' = { return [string](Invoke-LabModel 'versions').wizard }
    'Get-UninstallEntry' = { return [pscustomobject]@{ name = 'Microsoft Entra Connect Sync'; version = (Invoke-LabModel 'versions').wizard } }
    'Get-ProcessState' = {
        $names = @(Invoke-LabModel 'processes')
        return @{ wizard = $names -contains 'AzureADConnect'; manager = $names -contains 'miisclient'; installer = $names -contains 'msiexec' }
    }
    'Get-FileSignature' = {
        param([string]$Path)
        $told = Invoke-LabModel 'signature' @{ path = $Path }
        return [pscustomobject]@{ status = [string]$told.status; organisation = [string]$told.signer; subject = "O=$($told.signer)" }
    }
    'Get-InstallerProduct' = {
        param([string]$Path)
        $told = Invoke-LabModel 'product' @{ path = $Path }
        return [pscustomobject]@{ name = [string]$told.name; version = [string]$told.version }
    }
    # the simulated csexport.exe: the model writes the file and says what it did
    'Invoke-ConnectorExport' = {
        param([string]$Connector, [string]$Path, [int]$Milliseconds)
        return [string](Invoke-LabModel 'csexport' @{ connector = $Connector; path = $Path })
    }
    'Get-RegistryValue' = { param([string]$Path, [string]$Name) return (Invoke-LabModel 'registry' @{ path = $Path; name = $Name }) }
    'Test-RegistryKey' = { param([string]$Path) return [bool](Invoke-LabModel 'registry_key' @{ path = $Path }) }
    'Get-DriveFact' = { param([string]$Path) return @{ drive = 'C:'; free_mb = [int](Invoke-LabModel 'free_mb') } }
    'Test-EngineConfigChanged' = { return (Invoke-LabModel 'config_changed') }
    'Get-CertificateEnd' = {
        param([string]$Thumbprint)
        $end = ([DateTime](Invoke-LabModel 'certificate_ends')).ToUniversalTime()   # our own functions are out of sight here where they are installed
        return $end.ToString('yyyy-MM-ddTHH:mm:ss.ffffffZ', [Globalization.CultureInfo]::InvariantCulture)
    }
    'Invoke-Installer' = { param([string]$Path, [int]$TimeoutSeconds) return [int](Invoke-LabModel 'install' @{ path = $Path }) }
}
foreach ($name in $stubs.Keys) {
    $stub = $name -replace '-', '-Lab'
    Set-Item -Path "function:global:$stub" -Value $stubs[$name]
    Set-Alias -Name $name -Value $stub -Scope Global -Option AllScope
}
