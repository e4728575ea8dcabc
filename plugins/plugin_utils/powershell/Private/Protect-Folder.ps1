# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Protect-Folder {
    <#
    .SYNOPSIS
    Gives a folder to Administrators, with access for them and SYSTEM alone. By SID: their names are translated on other languages (adsync.md 11).
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    if (-not (Test-AccessControl)) { return }
    $acl = Get-Acl -LiteralPath $Path -ErrorAction Stop
    $acl.SetOwner((New-Object Security.Principal.SecurityIdentifier 'S-1-5-32-544'))   # who owns it may change its access at any time
    $acl.SetAccessRuleProtection($true, $false)
    foreach ($sid in 'S-1-5-32-544', 'S-1-5-18') {
        $who = New-Object Security.Principal.SecurityIdentifier $sid
        $acl.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule $who, 'FullControl', 'ContainerInherit,ObjectInherit', 'None', 'Allow'))
    }
    Set-Acl -LiteralPath $Path -AclObject $acl -ErrorAction Stop
}
