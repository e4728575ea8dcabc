# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

@{
    RootModule        = 'EntraConnectOps.psm1'
    # The one place that tells the collection its own version; equal to galaxy.yml by test.
    ModuleVersion     = '0.1.0'
    GUID              = 'b7f6a0de-5d0b-4f53-9d0e-3c2f9a6e41c7'
    Author            = 'The hybrid_identity.entra_connect contributors'
    CompanyName       = 'none'
    Copyright         = '2026 The hybrid_identity.entra_connect contributors, GPL-3.0-or-later'
    Description       = "The server's half of the Ansible collection hybrid_identity.entra_connect: reads and guarded changes of Microsoft Entra Connect Sync."
    PowerShellVersion = '5.1'
    # Every file in Public, by test; no wildcard, so that PowerShell finds the module by a function's name without loading it.
    FunctionsToExport = @(
        'Clear-EntraSyncFence'
        'Close-EntraSyncClaim'
        'Complete-EntraSyncClaim'
        'Complete-EntraSyncRelease'
        'Disable-EntraSyncStaging'
        'Enable-EntraSyncStaging'
        'Enter-EntraSyncHold'
        'Enter-EntraSyncQuarantine'
        'Get-EntraSyncConfiguration'
        'Get-EntraSyncEndpoint'
        'Get-EntraSyncFile'
        'Get-EntraSyncHealth'
        'Get-EntraSyncInstaller'
        'Get-EntraSyncJournal'
        'Get-EntraSyncModule'
        'Get-EntraSyncPendingExport'
        'Get-EntraSyncPrerequisite'
        'Get-EntraSyncRun'
        'Get-EntraSyncServer'
        'Get-EntraSyncTicket'
        'Install-EntraSyncModule'
        'Install-EntraSyncWizard'
        'New-EntraSyncClaim'
        'Read-EntraSyncFile'
        'Register-EntraSyncEndpoint'
        'Register-EntraSyncPromotion'
        'Remove-EntraSyncFile'
        'Restore-EntraSyncFound'
        'Save-EntraSyncResult'
        'Set-EntraSyncAutoUpgrade'
        'Set-EntraSyncConnectorOverride'
        'Set-EntraSyncFence'
        'Set-EntraSyncScheduler'
        'Set-EntraSyncSerial'
        'Start-EntraSyncCycle'
        'Start-EntraSyncRelease'
        'Stop-EntraSyncCycle'
        'Uninstall-EntraSyncModule'
        'Unregister-EntraSyncEndpoint'
        'Update-EntraSyncLease'
        'Write-EntraSyncFile'
    )
    CmdletsToExport   = @()
    VariablesToExport = @()
    AliasesToExport   = @()
}
