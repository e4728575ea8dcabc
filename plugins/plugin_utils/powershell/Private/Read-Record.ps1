# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Read-Record {
    <#
    .SYNOPSIS
    Our record of this server, as nested hashtables; an empty one where there is none. A damaged one refuses: record_unreadable.
    #>
    $record = @{ claim = $null; goal = $null; hold = $null; quarantine = $null; promotion = $null; child = $null; found = @(); serial = 0; restored = $false }
    $path = Join-Path (Get-RecordFolder) 'record.json'
    if (-not (Test-Path -LiteralPath $path)) { return $record }
    try {
        $text = [string](Get-Content -LiteralPath $path -Raw -Encoding UTF8 -ErrorAction Stop)
        $read = ConvertFrom-Json -InputObject $text -ErrorAction Stop
        if ($null -eq $read) { throw 'it is empty' }
        foreach ($property in $read.PSObject.Properties) {
            if ($property.Name -eq 'found') { $record['found'] = @(foreach ($each in @($property.Value)) { if ($null -ne $each) { ConvertTo-Table $each } }) }
            else { $record[$property.Name] = ConvertTo-Table $property.Value }
        }
    }
    catch { New-Refusal 'record_unreadable' "the record $path cannot be read: $($_.Exception.Message)" }
    return $record
}
