# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Remove-Block {
    <#
    .SYNOPSIS
    Removes our outbound block.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    if ((Get-BlockState).present) { Remove-NetFirewallRule -Name 'EntraConnectOps-Quarantine' -ErrorAction Stop }
}
