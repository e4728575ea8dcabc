# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Remove-Block {
    <#
    .SYNOPSIS
    Removes our outbound block.
    #>
    if ((Get-BlockState).present) { Remove-NetFirewallRule -Name 'EntraConnectOps-Quarantine' -ErrorAction Stop }
}
