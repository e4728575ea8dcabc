# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-FileSignature {
    <#
    .SYNOPSIS
    The Authenticode signature of a file: status as Windows names it (Valid, NotSigned, HashMismatch, ...), organisation and subject of its signer.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    $signature = Get-AuthenticodeSignature -LiteralPath $Path -ErrorAction Stop
    $organisation = ''
    $subject = ''
    if ($null -ne $signature.SignerCertificate) {
        $subject = [string]$signature.SignerCertificate.Subject
        # one part a line: in the subject's own text a common name could hold another part
        foreach ($line in ($signature.SignerCertificate.SubjectName.Format($true) -split '\r?\n')) { if ($line -cmatch '\AO=(.+)\z') { $organisation = $Matches[1] } }
    }
    return [pscustomobject]@{ status = [string]$signature.Status; organisation = $organisation; subject = $subject }
}
