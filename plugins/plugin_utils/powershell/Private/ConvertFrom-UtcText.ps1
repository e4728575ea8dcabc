# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function ConvertFrom-UtcText {
    <#
    .SYNOPSIS
    The time that Get-UtcText wrote. ConvertFrom-Json of newer PowerShells has made a date of it already.
    #>
    param($Text)
    if ($Text -is [DateTime]) { return $Text.ToUniversalTime() }
    $style = [Globalization.DateTimeStyles]::AdjustToUniversal -bor [Globalization.DateTimeStyles]::AssumeUniversal
    return [DateTime]::Parse([string]$Text, [Globalization.CultureInfo]::InvariantCulture, $style)
}
