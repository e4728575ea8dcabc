# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-RecordWritten {
    <#
    .SYNOPSIS
    Whether the file already holds exactly this record, so that a refusal need not write it again. What cannot be read does not.
    #>
    param([Parameter(Mandatory = $true)][hashtable]$Record)
    try { return ([IO.File]::ReadAllText((Join-Path (Get-RecordFolder) 'record.json')) -ceq (ConvertTo-Json -InputObject $Record -Depth 5)) }
    catch { return $false }
}
