# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EventSource {
    <#
    .SYNOPSIS
    Where Entra Connect and its agents write their events (adsync.md 8.1): a log, and the provider in it, empty for a log of its own.
    .DESCRIPTION
    The channel of the authentication agent is known by the path that the event viewer shows; its name is derived from it (adsync.md 8.1).
    #>
    foreach ($provider in 'ADSync', 'Directory Synchronization', 'PasswordResetService', 'Azure AD Connect Upgrade', 'Microsoft Entra Connect Upgrade', 'AzureADConnect') {
        [pscustomobject]@{ log = 'Application'; provider = $provider }
    }
    [pscustomobject]@{ log = 'Microsoft-AzureADConnect-AuthenticationAgent/Admin'; provider = '' }
}
