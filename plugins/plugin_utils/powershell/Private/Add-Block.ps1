# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Add-Block {
    <#
    .SYNOPSIS
    Sets our outbound block for the engine's program, on every profile. Setting it again changes nothing.
    A remote SQL server stays reachable: its address is left out, else the service could not start.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    if ((Get-BlockState).present) { return }
    $rule = @{
        Name = 'EntraConnectOps-Quarantine'; DisplayName = 'Entra Connect quarantine (hybrid_identity.entra_connect)'
        Direction = 'Outbound'; Action = 'Block'; Profile = 'Any'; Enabled = 'True'
        Program = [IO.Path]::Combine((Get-ServiceParameter), 'Bin', 'miiserver.exe')
    }
    $null = New-NetFirewallRule @rule -ErrorAction Stop
}
