# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Remove-EntraSyncFile {
    <#
    .SYNOPSIS
    Deletes a file in our folder, and what arrived of one that is not finished.
    .DESCRIPTION
    The one folder is %ProgramData%\EntraConnectOps\files. A file that is not there is no error. No claim is needed, as to write one; under the
    mutex and journalled. Codes: bad_file_name, file_write (it cannot be deleted), busy, journal_failed, unknown_result.
    .PARAMETER Epoch
    Epoch of the claim's token; 0 for none.
    .PARAMETER RunId
    Run id of the claim's token; empty for none.
    .PARAMETER Name
    A plain file name: letters, digits, dot, dash, underscore, at most 100.
    .PARAMETER PartOnly
    Delete only what is not finished.
    #>
    param([int]$Epoch, [string]$RunId, [Parameter(Mandatory = $true)][string]$Name, [bool]$PartOnly)
    Set-StrictMode -Version Latest
    $ErrorActionPreference = 'Stop'
    Assert-FileName -Name $Name
    $path = Join-Path (Get-FileFolder) $Name
    $line = @{ Function = 'Remove-EntraSyncFile'; Token = "$Epoch.$RunId"; Detail = $Name }
    $mutex = Enter-Mutex
    try {
        Write-Journal @line -What 'intent'
        $changed = $false
        try {
            $wanted = @("$path.part")
            if (-not $PartOnly) { $wanted += $path }
            foreach ($each in $wanted) {
                if (Test-Path -LiteralPath $each) {
                    [IO.File]::Delete($each)
                    $changed = $true
                }
            }
        }
        catch {
            $problem = Get-ErrorText $_
            try { Write-Journal @line -What 'refused' } catch { $null = $_ }   # stays true without its line
            New-Refusal 'file_write' "${Name}: $problem"
        }
        Write-Journal @line -What 'done'
    }
    finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
    return [pscustomobject]@{ changed = $changed; name = $Name }
}
