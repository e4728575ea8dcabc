# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Invoke-Change {
    <#
    .SYNOPSIS
    Runs a change under the mutex: token checked, intent journalled, record written and lease renewed when it ended well, result journalled.
    .DESCRIPTION
    The record is written once before the change: a disk without room for it refuses while nothing has changed (journal_failed). What cannot be
    written afterwards, and any error without a code, is unknown_result: the caller reads what came of it.
    #>
    param(
        [Parameter(Mandatory = $true)][string]$Function, [int]$Epoch, [string]$RunId, [bool]$NeedsToken = $true, [string]$Detail = '',
        [Parameter(Mandatory = $true)][scriptblock]$Change
    )
    $mutex = Enter-Mutex
    try {
        $record = Read-Record
        Assert-Token -Record $record -Epoch $Epoch -RunId $RunId -Needed $NeedsToken
        $token = "$Epoch.$RunId"
        Write-Journal -Function $Function -What 'intent' -Token $token -Detail $Detail
        Write-Record $record -Before
        try { $answer = & $Change $record }
        catch {
            $problem = ConvertTo-Refusal $_
            # journal_failed comes from within a change only while nothing has changed: then the record as it was is the true one
            $told = $problem.FullyQualifiedErrorId -notlike 'EntraConnect.journal_failed*'
            if ($told -and -not (Test-RecordWritten $record)) { Write-Record $record }
            $what = 'refused'
            if ($problem.FullyQualifiedErrorId -like 'EntraConnect.unknown_result*') { $what = 'unknown' }
            # a refusal stays true without its line; the intent alone then stands in the journal
            try { Write-Journal -Function $Function -What $what -Token $token -Detail $problem.FullyQualifiedErrorId } catch { $null = $_ }
            throw $problem
        }
        if ($Epoch -ne 0 -and $null -ne $record['claim']) { Set-Lease -Claim $record['claim'] -Seconds ([int]$record['claim']['lease_seconds']) }
        Write-Record $record
        Write-Journal -Function $Function -What 'done' -Token $token -Detail $Detail
        return $answer
    }
    finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
}
