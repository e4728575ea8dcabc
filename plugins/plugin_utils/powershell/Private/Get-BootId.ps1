# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-BootId {
    <#
    .SYNOPSIS
    The time of the last start of Windows, which tells one run of the machine from another.
    #>
    return (Get-UtcText (Get-CimInstance -ClassName 'Win32_OperatingSystem' -ErrorAction Stop).LastBootUpTime.ToUniversalTime())
}
