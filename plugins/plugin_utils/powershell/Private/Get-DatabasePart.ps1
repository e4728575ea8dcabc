# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-DatabasePart {
    <#
    .SYNOPSIS
    Which database the engine uses and how large it is, as the engine itself tells; an answer shows that it reaches its server (adsync.md B.5).
    #>
    $part = @{ sql_read = $false; sql_error = ''; sql_server = ''; sql_instance = ''; sql_database = ''; sql_local = $null; sql_used_mb = $null; sql_version = '' }
    try {
        $found = @(Get-ADSyncDatabaseConfiguration -ErrorAction Stop)
        if ($found.Count -ne 1) { throw 'Get-ADSyncDatabaseConfiguration gave no answer' }
        $part.sql_server = [string]$found[0].SqlServerName
        $part.sql_instance = [string]$found[0].SqlServerInstanceName
        $part.sql_database = [string]$found[0].SqlServerDBName
        $part.sql_version = [string]$found[0].SqlProductVersion
        $part.sql_local = [bool]$found[0].IsLocalDBInstalled
        $part.sql_used_mb = [int][Math]::Ceiling([double]$found[0].UsedSpaceInMb)
        $part.sql_read = $true
    }
    catch { $part.sql_error = Get-ErrorText $_ }
    return $part
}
