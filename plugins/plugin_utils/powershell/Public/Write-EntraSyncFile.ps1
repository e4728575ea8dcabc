# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Write-EntraSyncFile {
    <#
    .SYNOPSIS
    Takes the next chunk of a file into our folder; with the last one the file gets its name, if its checksum is right.
    .DESCRIPTION
    The one folder is %ProgramData%\EntraConnectOps\files. A chunk is appended to NAME.part at exactly that offset, so that a lost answer is
    followed by Get-EntraSyncFile and the rest. It changes nothing of the product: no claim is needed, and a live one of somebody else does not
    matter. Under the mutex, since the journal is, and a chunk takes milliseconds; while a change holds it the answer is busy, and the sender asks
    again. Journal: the intent with the first chunk, the result with the last or a refusal; the folders are closed to others with each. Codes: bad_file_name, bad_chunk, file_offset (with the
    present size), file_write (disk full, quota, no access), checksum_wrong (the part is deleted), file_unread, busy, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token, for the journal; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token, for the journal; empty for none.
    .PARAMETER Name
    A plain file name: letters, digits, dot, dash, underscore, at most 100.
    .PARAMETER Offset
    Where the chunk begins, in bytes: how much has arrived before it.
    .PARAMETER Data
    The chunk as base64 text, at most 262144 bytes. Empty only where all has arrived and the end is missing.
    .PARAMETER Size
    Size of the whole file in bytes, at most 2147483647.
    .PARAMETER Sha256
    Checksum of the whole file, hexadecimal.
    #>
    param(
        [int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][string]$Name, [int]$Offset,
        [Parameter(Mandatory = $true)][AllowEmptyString()][string]$Data, [Parameter(Mandatory = $true)][int]$Size, [Parameter(Mandatory = $true)][string]$Sha256
    )
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Assert-FileName -Name $Name
    $bytes = ConvertFrom-Chunk -Data $Data -Offset $Offset -Size $Size -Sha256 $Sha256
    $path = Join-Path (Get-FileFolder) $Name
    $now = $Offset + $bytes.Length
    $line = @{ Function = 'Write-EntraSyncFile'; Token = "$Epoch.$RunId" }
    $mutex = Enter-Mutex
    try {
        if ($Offset -eq 0) { Write-Journal @line -What 'intent' -Detail "$Name, $Size bytes, $Sha256" }
        else { Initialize-RecordFolder }
        try {
            Add-FilePart -Path "$path.part" -Offset $Offset -Bytes $bytes
            if ($now -eq $Size) { Complete-FilePart -Path $path -Sha256 $Sha256 }
        }
        catch {
            $problem = ConvertTo-Refusal $_
            # a refusal stays true without its line
            try { Write-Journal @line -What 'refused' -Detail "$Name, $($problem.FullyQualifiedErrorId)" } catch { $null = $_ }
            throw $problem
        }
        if ($now -eq $Size) { Write-Journal @line -What 'done' -Detail $Name }
    }
    finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
    return [pscustomobject]@{ changed = $true; name = $Name; size = $now; complete = ($now -eq $Size) }
}
