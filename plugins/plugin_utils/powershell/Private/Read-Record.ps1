# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Read-Record {
    <#
    .SYNOPSIS
    Our record of this server, as nested hashtables; an empty one where there is none. One that is damaged, or may not be read, refuses:
    record_unreadable.
    #>
    $record = @{ claim = $null; goal = $null; hold = $null; quarantine = $null; promotion = $null; child = $null; found = @(); fences = @(); serial = 0; restored = $false }
    $path = 'record.json'
    try {
        $path = Join-Path (Get-RecordFolder) $path
        if (-not (Test-Path -LiteralPath $path -ErrorAction Stop)) { return $record }
        $text = [string](Get-Content -LiteralPath $path -Raw -Encoding UTF8 -ErrorAction Stop)
        $read = ConvertFrom-Json -InputObject $text -ErrorAction Stop
        if ($read -isnot [System.Management.Automation.PSCustomObject]) { throw 'it is empty, or no JSON object' }
        foreach ($property in $read.PSObject.Properties) {
            if ($property.Name -in 'found', 'fences') { $record[$property.Name] = @(foreach ($each in @($property.Value)) { if ($null -ne $each) { ConvertTo-Table $each } }) }
            else { $record[$property.Name] = ConvertTo-Table $property.Value }
        }
        foreach ($name in 'claim', 'goal', 'hold', 'quarantine', 'promotion', 'child') {
            if ($null -ne $record[$name] -and $record[$name] -isnot [hashtable]) { throw "its part '$name' is no object" }
        }
        foreach ($each in $record['fences']) { if ($each -isnot [hashtable] -or -not $each['server']) { throw "its part 'fences' has an entry that is none" } }
        # read here, so that a damaged claim refuses now and not in the middle of a change
        if ($null -ne $record['claim']) { $null = [int]$record['claim']['epoch']; $null = ConvertFrom-UtcText $record['claim']['lease_until'] }
    }
    catch { New-Refusal 'record_unreadable' "the record $path cannot be read: $($_.Exception.Message)" }
    return $record
}
