# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-AccessControl {
    <#
    .SYNOPSIS
    Whether this system has access control lists: Windows, and no other on which PowerShell runs in a lab.
    #>
    return ([Environment]::OSVersion.Platform -eq 'Win32NT')
}
