# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# STUB of the product's module: its name and those of its cmdlets that we use (adsync.md appendix A).
@{
    RootModule = 'ADSync.psm1'
    ModuleVersion = '1.0.0.0'
    GUID = '9a3b7a52-7f57-4b0b-8c53-2f3f1d6f0c11'
    Description = 'A stub for tests: the cmdlets of ADSync ask a model of it.'
    PowerShellVersion = '5.1'
    FunctionsToExport = @(
        'Get-ADSyncScheduler', 'Set-ADSyncScheduler', 'Get-ADSyncSchedulerConnectorOverride', 'Set-ADSyncSchedulerConnectorOverride'
        'Get-ADSyncGlobalSettings', 'Set-ADSyncGlobalSettings', 'Get-ADSyncServerConfiguration'
        'Get-ADSyncConnector', 'Get-ADSyncConnectorRunStatus', 'Get-ADSyncConnectorStatistics'
        'Get-ADSyncRunProfileResult', 'Get-ADSyncPartitionPasswordSyncState'
        'Get-ADSyncAutoUpgrade', 'Set-ADSyncAutoUpgrade', 'Get-ADSyncAADPasswordResetConfiguration'
        'Get-ADSyncDatabaseConfiguration', 'Get-ADSyncDomainReachabilityStatus', 'Get-ADSyncEntraConnectorCredential'
        'Start-ADSyncSyncCycle', 'Stop-ADSyncSyncCycle'
    )
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
}
