# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# How a stub asks the model: one JSON line to a local socket, one back. An error of the model is thrown; the stub decides how its cmdlet shows it.
function Invoke-LabModel {
    param([string]$Verb, [hashtable]$Given = @{})
    $client = New-Object Net.Sockets.TcpClient '127.0.0.1', ([int]$env:ENTRA_LAB_MODEL)
    try {
        $stream = $client.GetStream()
        $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json -InputObject @{ server = $env:ENTRA_LAB_SERVER; verb = $Verb; given = $Given } -Depth 4 -Compress) + "`n")
        $stream.Write($bytes, 0, $bytes.Length)
        $answer = ConvertFrom-Json -InputObject (New-Object IO.StreamReader $stream).ReadLine()
    }
    finally { $client.Dispose() }
    if ($answer.error) { throw (New-Object InvalidOperationException ([string]$answer.error)) }
    return $answer.value
}
function ConvertFrom-LabTime {
    param($Milliseconds)
    if ($null -eq $Milliseconds) { return [DateTime]::MinValue }
    return [DateTimeOffset]::FromUnixTimeMilliseconds([long]$Milliseconds).UtcDateTime
}
