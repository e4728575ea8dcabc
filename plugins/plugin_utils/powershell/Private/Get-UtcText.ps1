# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-UtcText {
    <#
    .SYNOPSIS
    A time as UTC text, ISO 8601. ADSync gives UTC times whose kind is unspecified (adsync.md 2.6); nothing gives empty text.
    #>
    param($Time = [DateTime]::UtcNow)
    if ($null -eq $Time) { return '' }
    $value = [DateTime]$Time
    if ($value.Kind -eq [DateTimeKind]::Unspecified) { $value = [DateTime]::SpecifyKind($value, [DateTimeKind]::Utc) }
    return $value.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.ffffffZ', [Globalization.CultureInfo]::InvariantCulture)
}
