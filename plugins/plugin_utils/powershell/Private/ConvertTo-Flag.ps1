# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function ConvertTo-Flag {
    <#
    .SYNOPSIS
    True or false, of a boolean or of its text; null for anything else. Not a cast: nothing would be false, and the text "False" true (adsync.md 3.1).
    #>
    param($Value)
    switch ([string]$Value) {
        'True' { return $true }
        'False' { return $false }
    }
    return $null
}
