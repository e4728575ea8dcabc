# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-ImportPart {
    <#
    .SYNOPSIS
    The newest import of each connector: that it succeeded is the honest test of its connection (adsync.md 2.6). Null where that cannot be read.
    #>
    try { $steps = @(Get-RunStep -Newest 60) } catch { return $null }
    $newest = [ordered]@{}
    foreach ($step in $steps) {
        if ($step.step_type -like '*import*' -and -not $newest.Contains($step.connector)) { $newest[$step.connector] = $step }
    }
    return , @(foreach ($step in $newest.Values) {
            $result = $step.step_result
            if (-not $result) { $result = $step.result }
            [pscustomobject]@{ connector = $step.connector; step_type = $step.step_type; complete = $step.complete; result = $result
                started = $step.started; ended = $step.ended }
        })
}
