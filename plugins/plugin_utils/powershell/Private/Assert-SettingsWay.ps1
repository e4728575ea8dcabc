# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Assert-SettingsWay {
    <#
    .SYNOPSIS
    From 2.5.3.0 on the settings way wants a credential where password writeback is on (adsync.md 3.3): sign_in_wanted, before anything.
    #>
    $engine = Get-EngineVersion
    if ($engine -and [version]$engine -lt [version]'2.5.3.0') { return }
    if ((Get-WritebackState) -ne $false) {
        New-Refusal 'sign_in_wanted' "version $engine with password writeback on, or not known to be off, asks for a credential"
    }
}
