# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# STUB of one server's state: a staging server where all is well. Dot-sourced anew for each case.
$global:World = @{ service = 'Running'; start_type = 'Automatic'; staging = 'True'; scheduler_staging = $true; enabled = $true; in_progress = $false; customized = $null
    busy = @(); runs = @(); engine = '2.5.2.0'; wizard_version = '2.5.2.0'; auto_upgrade = 'Enabled'; writeback = $false; wizard = $false; firewall = 'Running'; profile = 'True'
    protected = @(); flips = $null; bypass = $false; blocked = $false; starts = @(); log_from = [DateTime]::UtcNow.AddDays(-30); log_fails = $false; boot = [DateTime]'2026-11-01T00:00:00Z'
    start_error = ''; scheduler_error = ''; settings_written = 0; wizard_at_stop = $false; installed = ''
    registry_values = @{}; registry_keys = @(); free_mb = 60000; database = $null; database_error = ''; credential = $null; domain_error = ''
    start_answer = 'Success'; auto_upgrade_breaks = $false; hashing = $null; stuck = 0; unprotected = $false
    agents = @{ AzureADConnectAgentUpdater = 'Running' }; services_fail = $false; events = @(); providers = @('ADSync', 'Directory Synchronization')
    signature = 'Valid'; signer = 'Microsoft Corporation'; product = 'Microsoft Entra Connect Sync'
    configuration = @('Connectors/Connector_1.xml', 'GlobalSettings/MV.xml'); configuration_size = 10; configuration_open = $false }
