# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-EventPart {
    <#
    .SYNOPSIS
    The events of one source since a time, grouped by id and level: warnings and worse, and the informational ones that tell something.
    .DESCRIPTION
    Get-WinEvent gives an error where there is no event, no such provider or no such log (adsync.md 8.1): these are told apart by the error's id,
    which is no text of a language. Whatever else goes wrong means that the source was not read. Messages are cut, and three different ones of a
    group are kept. cut: there were more events than were read, so that counts are too low.
    #>
    param([Parameter(Mandatory = $true)]$Source, [Parameter(Mandatory = $true)][DateTime]$Since, [int]$Most = 500)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $told = [ordered]@{ log = $Source.log; provider = $Source.provider; read = $true; registered = $true; cut = $false; error = ''; events = @() }
    $groups = [ordered]@{}
    # 116: lines about the deletion threshold; 212: staging mode was changed; 654, 656: signs of life of the password hashes; 6941, 6942: errors that are logged as information;
    # 31015, 31016, 31019: the writeback service starts, stops, lives
    $wanted = @(@{ Level = 1, 2, 3 }, @{ Level = 0, 4; Id = 116, 212, 654, 656, 6941, 6942, 31015, 31016, 31019 })
    foreach ($which in $wanted) {
        $filter = @{ LogName = $Source.log; StartTime = $Since.ToLocalTime() } + $which
        if ($Source.provider) { $filter['ProviderName'] = $Source.provider }
        try { $found = @(Get-WinEvent -FilterHashtable $filter -MaxEvents $Most -ErrorAction Stop) }
        catch {
            $id = [string]$_.FullyQualifiedErrorId
            if (Test-NoEvent $_) { continue }
            if ($id -like 'NoMatchingProvidersFound*' -or $id -like 'NoMatchingLogsFound*') { $told.registered = $false; break }
            $told.read = $false
            $told.error = Get-ErrorText $_
            break
        }
        if ($found.Count -ge $Most) { $told.cut = $true }
        foreach ($each in $found) {
            $key = "$($each.Id)/$($each.Level)"
            $time = Get-UtcText $each.TimeCreated.ToUniversalTime()
            $text = ([string]$each.Message -replace '\s+', ' ').Trim()
            if ($text.Length -gt 300) { $text = ($text.Substring(0, 300) -replace '[\uD800-\uDBFF]\z', '') + '...' }
            if (-not $groups.Contains($key)) {
                $level = @{ 1 = 'critical'; 2 = 'error'; 3 = 'warning' }[[int]$each.Level]
                if (-not $level) { $level = 'information' }
                $groups[$key] = [ordered]@{ log = $Source.log; provider = [string]$each.ProviderName; id = [int]$each.Id; level = $level; count = 0; first = $time; last = $time
                    messages = @() }
            }
            $group = $groups[$key]
            $group.count++
            if ($time -lt $group.first) { $group.first = $time }
            if ($time -gt $group.last) { $group.last = $time }
            if ($text -and $group.messages.Count -lt 3 -and $group.messages -cnotcontains $text) { $group.messages += $text }
        }
    }
    foreach ($group in $groups.Values) { $group.messages = $group.messages -join "`n" }   # flat, since an answer is no deeper
    $told.events = @(foreach ($group in $groups.Values) { [pscustomobject]$group })
    return [pscustomobject]$told
}
