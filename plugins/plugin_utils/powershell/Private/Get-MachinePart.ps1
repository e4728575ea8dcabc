# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-MachinePart {
    <#
    .SYNOPSIS
    What of Windows an upgrade and a switch rest on; a value that cannot be read is null, and why is told (adsync.md 5.6).
    #>
    $part = @{ os_name = ''; os_build = ''; os_kind = ''; reboot_pending = $null; reboot_reasons = @(); net_release = $null; tls_client = ''; tls_server = ''
        strong_crypto = ''; execution_policy = ''; transcription = $null; system_drive = ''; system_free_mb = $null; data_drive = ''; data_free_mb = $null
        engine_config_changed = $null; service_account = ''; unread = @() }
    $windows = 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
    $policies = 'HKLM:\SOFTWARE\Policies\Microsoft\Windows\PowerShell'
    $reads = [ordered]@{
        os = {
            $part.os_name = [string](Get-RegistryValue -Path $windows -Name 'ProductName')
            $part.os_build = [string](Get-RegistryValue -Path $windows -Name 'CurrentBuildNumber')
            $part.os_kind = [string](Get-RegistryValue -Path $windows -Name 'InstallationType')
        }
        reboot = {
            $part.reboot_reasons = @(Get-RebootReason)
            $part.reboot_pending = [bool]($part.reboot_reasons.Count -gt 0)
        }
        net = { $part.net_release = Get-RegistryValue -Path 'HKLM:\SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full' -Name 'Release' }
        tls = {
            $part.tls_client = Get-TlsState 'Client'
            $part.tls_server = Get-TlsState 'Server'
            $strong = Get-RegistryValue -Path 'HKLM:\SOFTWARE\Microsoft\.NETFramework\v4.0.30319' -Name 'SchUseStrongCrypto'
            $part.strong_crypto = 'default'
            if ($null -ne $strong) { $part.strong_crypto = @('on', 'off')[[int]([int]$strong -eq 0)] }
        }
        powershell = {
            $set = Get-RegistryValue -Path $policies -Name 'ExecutionPolicy'   # the group policy goes first
            if (-not $set) { $set = Get-RegistryValue -Path 'HKLM:\SOFTWARE\Microsoft\PowerShell\1\ShellIds\Microsoft.PowerShell' -Name 'ExecutionPolicy' }
            $part.execution_policy = [string]$set
            $part.transcription = [bool]([string](Get-RegistryValue -Path "$policies\Transcription" -Name 'EnableTranscripting') -eq '1')
        }
        disk = {
            $system = Get-DriveFact "$env:SystemDrive\"
            $data = Get-DriveFact (Get-ServiceParameter)
            $part.system_drive = $system.drive; $part.system_free_mb = $system.free_mb
            $part.data_drive = $data.drive; $part.data_free_mb = $data.free_mb
        }
        config = { $part.engine_config_changed = Test-EngineConfigChanged }
        account = { $part.service_account = [string](Get-RegistryValue -Path 'HKLM:\SYSTEM\CurrentControlSet\Services\ADSync' -Name 'ObjectName') }
    }
    foreach ($name in $reads.Keys) { try { & $reads[$name] } catch { $part.unread += "${name}: $(Get-ErrorText $_)" } }
    return $part
}
