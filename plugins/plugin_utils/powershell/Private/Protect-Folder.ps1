# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Protect-Folder {
    <#
    .SYNOPSIS
    Gives a folder to Administrators, with access for them and SYSTEM alone. Throws where what is in it may be somebody else's.
    .DESCRIPTION
    Owner and access list are set anew as a whole: who owns a folder may change its access at any time, and an entry of somebody else would stay. By
    SDDL: names are translated on other languages (adsync.md 11). Files keep their own owner and entries, so a folder that was open to others is
    taken only while it is empty; from then on nobody else can put anything into it.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    if (-not (Test-AccessControl)) { return }
    if ([IO.File]::GetAttributes($Path) -band [IO.FileAttributes]::ReparsePoint) { throw "$Path leads elsewhere; delete that link" }
    $acl = Get-Acl -LiteralPath $Path -ErrorAction Stop
    $closed = $acl.AreAccessRulesProtected -and $acl.Sddl -cmatch '\AO:(BA|SY)'
    if (-not $closed -and [IO.Directory]::GetFileSystemEntries($Path).Count -gt 0) {
        throw "$Path was open to others, and what is in it may be theirs; look at it, then delete the folder or close it to all but Administrators and SYSTEM"
    }
    $acl.SetSecurityDescriptorSddlForm('O:BAD:PAI(A;OICI;FA;;;BA)(A;OICI;FA;;;SY)', 'Owner, Access')
    Set-Acl -LiteralPath $Path -AclObject $acl -ErrorAction Stop
    if (-not $closed -and [IO.Directory]::GetFileSystemEntries($Path).Count -gt 0) {
        $aside = "$Path.open-$([Guid]::NewGuid().ToString('N'))"
        [IO.Directory]::Move($Path, $aside)
        throw "somebody put something into $Path while it was closed to others; it was moved to $aside"
    }
}
