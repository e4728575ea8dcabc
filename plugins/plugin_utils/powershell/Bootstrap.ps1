# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# What a command line starts where there is no PSRP: reads one JSON document from standard input, and runs the code that it brings.
# It must stay so short that it fits a command line of 8191 characters after being encoded twice; all else is in Calls.ps1.
# Standard input must not be taken by its automatic variable: the host would decode it with the console's code page.
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
# "mode": our functions cannot run there; "problem": nothing was called
$line = "`n<entra_connect>`n{{`"{0}`":`"{1}`"}}`n</entra_connect>"
$mode = "$($ExecutionContext.SessionState.LanguageMode)"
$begun = $false
if ($mode -ne 'FullLanguage') {
    $line -f 'mode', $mode
} else {
    try {
        $json = (New-Object IO.StreamReader ([Console]::OpenStandardInput())).ReadToEnd()
        Add-Type -AssemblyName System.Runtime.Serialization
        # not ConvertFrom-Json: it makes dates of texts on PowerShell 7, and reads no more than 2 MB on 5.1
        $asked = New-Object Xml.XmlDocument
        $asked.PreserveWhitespace = $true
        $bytes = [Text.Encoding]::UTF8.GetBytes($json)
        $asked.Load([Runtime.Serialization.Json.JsonReaderWriterFactory]::CreateJsonReader($bytes, [Xml.XmlDictionaryReaderQuotas]::Max))
        $asked = $asked['root']
        $packed = New-Object IO.MemoryStream (, [Convert]::FromBase64String($asked['code'].InnerText))
        $code = New-Object IO.StreamReader (New-Object IO.Compression.GZipStream ($packed, [IO.Compression.CompressionMode]'Decompress'))
        . ([ScriptBlock]::Create($code.ReadToEnd()))
    } catch {
        if ($begun) { throw }
        [Console]::Out.WriteLine(($line -f 'problem', ("$_" -replace '[^ -~]|["\\]', '?')))
    }
}
