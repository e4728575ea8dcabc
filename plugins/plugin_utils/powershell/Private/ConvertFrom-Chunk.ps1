# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function ConvertFrom-Chunk {
    <#
    .SYNOPSIS
    The bytes of a chunk. bad_chunk: it is no base64, too long, lies outside of its file, or is empty before the file's end.
    #>
    param([Parameter(Mandatory = $true)][AllowEmptyString()][string]$Data, [int]$Offset, [int]$Size, [string]$Sha256)
    $most = 262144
    if ($Sha256 -cnotmatch '\A[0-9A-Fa-f]{64}\z') { New-Refusal 'bad_chunk' 'the checksum is no SHA-256 of 64 hexadecimal digits' }
    if ($Data.Length -gt 4 * [Math]::Ceiling($most / 3)) { New-Refusal 'bad_chunk' "a chunk may have $most bytes at most" }
    try { $bytes = [Convert]::FromBase64String($Data) } catch { New-Refusal 'bad_chunk' 'the data is no base64 text' }
    if ($bytes.Length -gt $most) { New-Refusal 'bad_chunk' "a chunk may have $most bytes at most" }
    if ($Offset -lt 0 -or $Size -lt 0 -or [long]$Offset + $bytes.Length -gt $Size) { New-Refusal 'bad_chunk' "offset $Offset and $($bytes.Length) bytes are not within $Size" }
    if ($bytes.Length -eq 0 -and $Offset -ne $Size) { New-Refusal 'bad_chunk' 'only the last chunk may be empty' }
    # not piped: one object, not a quarter of a million
    return , $bytes
}
