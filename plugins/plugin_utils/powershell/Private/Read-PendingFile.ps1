# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Read-PendingFile {
    <#
    .SYNOPSIS
    Counts the pending exports in a file of csexport, as a stream: memory does not grow with the file. No value of an attribute is read.
    .DESCRIPTION
    Per object cs-object/unapplied-export/delta and the attr and dn-attr below it (adsync.md 2.9, 2.10). What is not known is passed over; an object
    without an operation that is known counts as unreadable, never as nothing. Throws where the file is no whole XML of this kind, or time is up.
    .PARAMETER Watch
    Attributes that are counted and told, however many others there are.
    .PARAMETER Samples
    Objects to name for each of adds, updates, deletes; 0 for none.
    .PARAMETER EndsAt
    Time by Get-MonotonicMilliseconds at which it gives up.
    #>
    param([Parameter(Mandatory = $true)][string]$Path, [string[]]$Watch = @(), [int]$Samples = 0, [long]$EndsAt = [long]::MaxValue)
    # delete-add replaces an object: it deletes one and adds one
    $kinds = @{ add = 'adds'; update = 'updates'; modify = 'updates'; replace = 'updates'; delete = 'deletes'; 'delete-add' = 'deletes' }
    $places = @{ add = 1; delete = 3 }   # of an attribute's counts: 0 on added objects, then added, changed, removed on updated ones, 4 the last object
    $total = @{ adds = 0; updates = 0; deletes = 0 }
    $attributes = @{}   # its keys ignore case, as names of attributes do
    foreach ($name in $Watch) { $attributes[$name] = (New-Object 'int[]' 5) }
    $types = @{}
    $named = New-Object Collections.ArrayList
    $left = @{ adds = $Samples; updates = $Samples; deletes = $Samples }
    $objects = 0; $unreadable = 0; $renames = 0; $uncounted = 0
    $settings = New-Object Xml.XmlReaderSettings
    $settings.DtdProcessing = [Xml.DtdProcessing]::Prohibit
    $settings.XmlResolver = $null
    $settings.CheckCharacters = $false   # values may hold any; none is read
    $settings.IgnoreComments = $true
    $settings.IgnoreWhitespace = $true
    $isElement = [Xml.XmlNodeType]::Element
    $stream = New-Object IO.FileStream $Path, ([IO.FileMode]::Open), ([IO.FileAccess]::Read), ([IO.FileShare]::Read), 1048576
    try {
        $reader = [Xml.XmlReader]::Create($stream, $settings)
        if ([string]$reader.MoveToContent() -ne 'Element' -or $reader.LocalName -ne 'cs-objects') { throw "it begins with '$($reader.LocalName)', not with cs-objects" }
        # nothing below calls a function of ours: per node that would cost more than the reading itself
        while ($reader.ReadToFollowing('cs-object')) {
            $objects++
            if ($objects % 1024 -eq 0) {
                if ((Get-MonotonicMilliseconds) -gt $EndsAt) { throw "it was not read in time, $objects objects were" }
                [GC]::Collect(0)   # names that were read are waste by now; left to itself, .NET lets a hundred megabytes of it gather
            }
            $dn = [string]$reader.GetAttribute('cs-dn'); $type = [string]$reader.GetAttribute('object-type')
            $operation = ''
            if (-not $reader.IsEmptyElement -and $reader.ReadToDescendant('unapplied-export') -and -not $reader.IsEmptyElement -and $reader.ReadToDescendant('delta')) {
                $operation = [string]$reader.GetAttribute('operation')
            }
            $kind = $kinds[$operation]
            if ($null -eq $kind) { $unreadable++; continue }
            $total[$kind]++
            if ($operation -eq 'delete-add') { $total['adds']++ }
            if ($reader.GetAttribute('newdn')) { $renames++ }
            $sample = $null
            if ($left[$kind] -gt 0) { $left[$kind]--; $sample = New-Object Collections.ArrayList }
            if (-not $types.ContainsKey($type) -and $types.Count -lt 100) { $types[$type] = @{ adds = 0; updates = 0; deletes = 0 } }
            if ($types.ContainsKey($type)) { $types[$type][$kind]++ }
            if (-not $reader.IsEmptyElement -and $kind -ne 'deletes') {
                $depth = $reader.Depth
                $null = $reader.Read()
                while ($reader.Depth -gt $depth) {
                    if ($reader.NodeType -ne $isElement) { $null = $reader.Read(); continue }
                    $element = $reader.LocalName
                    if ($element -ne 'attr' -and $element -ne 'dn-attr') { $null = $reader.Read(); continue }
                    $name = [string]$reader.GetAttribute('name')
                    $place = 0
                    if ($kind -eq 'updates') { $place = $places[[string]$reader.GetAttribute('operation')]; if ($null -eq $place) { $place = 2 } }
                    $counts = $attributes[$name]
                    if ($null -eq $counts -and $attributes.Count -lt 2000) { $counts = New-Object 'int[]' 5; $attributes[$name] = $counts }
                    if ($null -eq $counts) { $uncounted++ }
                    elseif ($counts[4] -ne $objects) { $counts[$place]++; $counts[4] = $objects }
                    if ($null -ne $sample -and $sample.Count -lt 20) { $null = $sample.Add($name) }
                    $reader.Skip()   # over its values
                }
            }
            if ($null -ne $sample) {
                if ($dn.Length -gt 400) { $dn = $dn.Substring(0, 400) + '...' }
                $null = $named.Add([pscustomobject]@{ dn = $dn; operation = $operation; object_type = $type; attributes = ($sample -join ', ') })
            }
        }
    }
    finally { if ($null -ne (Get-Variable -Name 'reader' -ValueOnly -ErrorAction SilentlyContinue)) { $reader.Dispose() }; $stream.Dispose() }
    return @{ objects = $objects; unreadable = $unreadable; renames = $renames; uncounted = $uncounted; adds = $total['adds']; updates = $total['updates']
        deletes = $total['deletes']; attributes = $attributes; types = $types; samples = $named }
}
