# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-HoldUnbroken {
    <#
    .SYNOPSIS
    Whether a hold of the record is unbroken: complete with staging on, stopped and disabled, no start logged since, in a log that reaches back.
    #>
    param($Hold)
    if ($null -eq $Hold -or $Hold['state'] -ne 'complete' -or $Hold['staging'] -ne 'True') { return $false }
    $service = Get-ServiceState
    if ($service.status -ne 'Stopped' -or $service.start_type -ne 'Disabled') { return $false }
    $starts = Get-ServiceStart -Since (ConvertFrom-UtcText $Hold['since'])
    return ($starts.reaches -and $starts.count -eq 0)
}
