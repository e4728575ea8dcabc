# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Set-ServiceState {
    <#
    .SYNOPSIS
    Changes the start type of ADSync, or stops or starts it and waits for that. Waits at most the given seconds.
    #>
    param([string]$StartType = '', [ValidateSet('', 'Running', 'Stopped')][string]$Status = '', [int]$Seconds = 45)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    if ($StartType) { Set-Service -Name 'ADSync' -StartupType $StartType -ErrorAction Stop }
    if (-not $Status) { return }
    if ((Get-ServiceState).status -eq $Status) { return }
    if ($Status -eq 'Stopped') { Stop-Service -Name 'ADSync' -Force -ErrorAction Stop }
    else { Start-Service -Name 'ADSync' -ErrorAction Stop }
    $end = [DateTime]::UtcNow.AddSeconds($Seconds)
    while ((Get-ServiceState).status -ne $Status) {
        if ([DateTime]::UtcNow -gt $end) { New-Refusal 'unknown_result' "the service ADSync is not $Status after $Seconds seconds" }
        Start-Sleep -Milliseconds 500
    }
}
