# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-PendingDetail {
    <#
    .SYNOPSIS
    The pending exports of one connector in detail: csexport writes them to a file of ours, which is read and then deleted, whatever happens.
    .DESCRIPTION
    It succeeded when the file is whole and csexport says so (adsync.md 2.9). Objects that csexport says it could not write count as unreadable. Throws
    where there is no detail.
    #>
    param([Parameter(Mandatory = $true)][string]$Connector, [string[]]$Watch = @(), [int]$Samples = 0, [long]$EndsAt)
    $file = Join-Path (Get-ExportFolder) "$([Guid]::NewGuid().ToString('N')).xml"
    try {
        $left = $EndsAt - (Get-MonotonicMilliseconds)
        if ($left -le 0) { throw 'no time was left for it' }
        $said = (Invoke-ConnectorExport -Connector $Connector -Path $file -Milliseconds ([int][Math]::Min($left, 86400000)) ) -replace '\s+', ' '
        $told = $said.Replace($file, 'the file')
        if ($told.Length -gt 300) { $told = $told.Substring(0, 300) }
        if ($said -match 'Failed to export' -or $said -notmatch 'Successfully exported') { throw "csexport does not say that it succeeded: '$($told.Trim())'" }
        if (-not [IO.File]::Exists($file)) { throw 'csexport wrote no file' }
        $detail = Read-PendingFile -Path $file -Watch $Watch -Samples $Samples -EndsAt $EndsAt
        if ($said -match '(\d+) object\(s\) contained errors') { $detail['unreadable'] += [int]$Matches[1] }
        elseif ($said -match 'contained errors') { $detail['unreadable']++ }
        return $detail
    }
    finally { try { [IO.File]::Delete($file) } catch { throw "$file cannot be deleted; delete it: $(Get-ErrorText $_)" } }
}
