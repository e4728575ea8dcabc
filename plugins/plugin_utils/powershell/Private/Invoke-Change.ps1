# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Invoke-Change {
    <#
    .SYNOPSIS
    Runs a change under the mutex: token checked, intent journalled, record written and lease renewed when it ended well, result journalled.
    #>
    param(
        [Parameter(Mandatory = $true)][string]$Function, [int]$Epoch, [string]$RunId, [bool]$NeedsToken = $true,
        [Parameter(Mandatory = $true)][scriptblock]$Change
    )
    $mutex = Enter-Mutex
    try {
        $record = Read-Record
        Assert-Token -Record $record -Epoch $Epoch -RunId $RunId -Needed $NeedsToken
        $token = "$Epoch.$RunId"
        Write-Journal -Function $Function -What 'intent' -Token $token
        try { $answer = & $Change $record }
        catch {
            Write-Record $record
            Write-Journal -Function $Function -What 'refused' -Token $token -Detail $_.FullyQualifiedErrorId
            throw
        }
        if ($Epoch -ne 0 -and $null -ne $record['claim']) { Set-Lease -Claim $record['claim'] -Seconds ([int]$record['claim']['lease_seconds']) }
        Write-Record $record
        Write-Journal -Function $Function -What 'done' -Token $token
        return $answer
    }
    finally {
        $mutex.ReleaseMutex()
        $mutex.Dispose()
    }
}
