# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Runs after the functions' text, in the scope of Bootstrap.ps1: one call after another, to the first that fails, and one JSON document.
# The text that was sent is used, whatever is installed; but where a module of another major version is, nothing is called: see below.

function ConvertFrom-AskedValue {
    <# A value of the document as its own type; JSON's types stand in an attribute, so that no text is ever taken for a date or a number; texts are base64 of UTF-8. #>
    param([Xml.XmlElement]$Element)
    switch ($Element.GetAttribute('type')) {
        'string' { return [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($Element.InnerText)) }
        'boolean' { return $Element.InnerText -eq 'true' }
        'number' { return [int]$Element.InnerText }
        'null' { return $null }
        'array' {
            $items = New-Object Collections.ArrayList
            foreach ($item in $Element.ChildNodes) { [void]$items.Add((ConvertFrom-AskedValue $item)) }
            return , $items.ToArray()
        }
        default { throw "a value of the document is of a kind that no function takes" }
    }
}

function ConvertTo-AnswerText {
    <# A value as JSON. Not ConvertTo-Json: on 5.1 it writes lists and texts that carry properties of their own as objects, and dates in a form of its own. #>
    param($Value)
    if ($null -eq $Value) { return 'null' }
    $plain = $Value.PSObject.BaseObject
    if ($plain -is [bool]) { return "$plain".ToLowerInvariant() }
    if ($plain -is [string]) { return '"' + $plain.Replace('\', '\\').Replace('"', '\"') + '"' }
    if ($plain -is [ValueType] -and $plain -isnot [Enum]) {
        $code = [int][Type]::GetTypeCode($plain.GetType())
        if ($code -ge 5 -and $code -le 12) { return $plain.ToString([Globalization.CultureInfo]::InvariantCulture) }
    }
    if ($plain -is [Collections.IDictionary]) {
        $pairs = foreach ($key in $plain.Keys) { (ConvertTo-AnswerText "$key") + ':' + (ConvertTo-AnswerText $plain[$key]) }
        return '{' + ($pairs -join ',') + '}'
    }
    if ($plain -is [Management.Automation.PSCustomObject]) {
        $pairs = foreach ($each in $Value.PSObject.Properties) { (ConvertTo-AnswerText $each.Name) + ':' + (ConvertTo-AnswerText $each.Value) }
        return '{' + ($pairs -join ',') + '}'
    }
    if ($plain -is [Collections.IEnumerable]) {
        $items = foreach ($each in $plain) { ConvertTo-AnswerText $each }
        return '[' + ($items -join ',') + ']'
    }
    return ConvertTo-AnswerText ([string]$plain)
}

function Invoke-AskedCall {
    <# One call as JSON: {"ok": its outputs} or {"error": id and text of the first error record}, one that ended it or not. #>
    param([Xml.XmlElement]$Asked)
    $parameters = @{}
    foreach ($each in $Asked['parameters'].ChildNodes) { $parameters[$each['name'].InnerText] = ConvertFrom-AskedValue $each['value'] }
    $function = $Asked['function'].InnerText
    $all = New-Object Collections.ArrayList
    $ErrorActionPreference = 'Continue' # a session's own; our functions set theirs
    try {
        & $function @parameters 2>&1 3>$null 4>$null 5>$null 6>$null | ForEach-Object { [void]$all.Add($_) }
    } catch {
        [void]$all.Add($_)
    }
    foreach ($each in $all) {
        if ($each -is [Management.Automation.ErrorRecord]) {
            return '{"error":' + (ConvertTo-AnswerText $each.FullyQualifiedErrorId) + ',"message":' + (ConvertTo-AnswerText "$each") + '}'
        }
    }
    return '{"ok":' + (ConvertTo-AnswerText $all) + '}'
}

# A part of the input that was sent twice must not change a value
if ($json.Length -ne [int]$asked['size'].InnerText) { throw "the document did not arrive whole" }
# By its name alone: "module" is told in the place of answers, so that the functions of two versions never work on one server
$major = $asked['major'].InnerText
$newest = ''
if ($major) { $newest = [IO.Path]::GetFileName([string](Get-InstalledFolder | Select-Object -First 1)) }
if ($newest -and $newest -notlike "$major.*") {
    [Console]::Out.WriteLine(($line -f 'module', $newest))
    return
}
$begun = $true
$answers = @()
$left = @()
$failed = $false
foreach ($call in $asked['calls'].ChildNodes) {
    if ($failed) {
        $left += ConvertTo-AnswerText $call['function'].InnerText
    } else {
        $answers += Invoke-AskedCall $call
        $failed = $answers[-1].StartsWith('{"error"')
    }
}
$text = '{"answers":[' + ($answers -join ',') + '],"left":[' + ($left -join ',') + ']'
# Each odd character that occurs is replaced once, everywhere: pure ASCII, so that no code page can change it
foreach ($odd in [Collections.Generic.HashSet[char]]$text.ToCharArray()) {
    if ([int]$odd -lt 32 -or [int]$odd -gt 126) { $text = $text.Replace([string]$odd, '\u{0:x4}' -f [int]$odd) }
}
[Console]::Out.Write("`n<entra_connect>`n$text,`"size`":$($text.Length)}`n</entra_connect>`n")
