# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Read-EntraSyncFile {
    <#
    .SYNOPSIS
    A piece of a file in our folder.
    .DESCRIPTION
    The one folder is %ProgramData%\EntraConnectOps\files. Changes nothing, needs no claim and no mutex: a finished file is never written to.
    Codes: bad_file_name, bad_chunk, file_missing, file_unread.
    .PARAMETER Name
    A plain file name: letters, digits, dot, dash, underscore, at most 100.
    .PARAMETER Offset
    Where the piece begins, in bytes. With 0 the answer has the checksum of the whole file, else it is empty: it takes a while for a large one.
    .PARAMETER Length
    How many bytes at most, 1 to 262144.
    #>
    param([Parameter(Mandatory = $true)][string]$Name, [int]$Offset, [int]$Length = 262144)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Assert-FileName -Name $Name
    if ($Offset -lt 0 -or $Length -lt 1 -or $Length -gt 262144) { New-Refusal 'bad_chunk' 'the offset must be 0 or more, and the length 1 to 262144' }
    $path = Join-Path (Get-FileFolder) $Name
    if (-not (Test-Path -LiteralPath $path -PathType Leaf)) { New-Refusal 'file_missing' "there is no file $Name" }
    try {
        $file = New-Object IO.FileStream $path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::Read)
        try {
            $sum = ''
            if ($Offset -eq 0) { $sum = Get-StreamHash -Stream $file }
            $size = [long]$file.Length
            $bytes = New-Object byte[] ([int][Math]::Max(0, [Math]::Min([long]$Length, $size - $Offset)))
            $null = $file.Seek($Offset, [IO.SeekOrigin]::Begin)
            $read = 0
            while ($read -lt $bytes.Length) {
                $more = $file.Read($bytes, $read, $bytes.Length - $read)
                if ($more -eq 0) { throw 'it ended while it was read' }
                $read += $more
            }
        }
        finally { $file.Dispose() }
    }
    catch { New-Refusal 'file_unread' "${Name}: $(Get-ErrorText $_)" }
    return [pscustomobject]@{
        changed = $false; name = $Name; data = [Convert]::ToBase64String($bytes); size = $size; sha256 = $sum; end = ($Offset + $read -ge $size)
    }
}
