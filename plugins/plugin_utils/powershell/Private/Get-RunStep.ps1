# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-RunStep {
    <#
    .SYNOPSIS
    The newest runs of the history, one record a step, newest first by start: that the cmdlet sorts is not documented (adsync.md 2.6).
    #>
    param([int]$Newest = 50)
    $runs = @(Get-ADSyncRunProfileResult -NumberRequested $Newest -RunStepDetails -ErrorAction Stop | Where-Object { $null -ne $_ })
    foreach ($run in @($runs | Sort-Object -Property StartDate -Descending)) {
        $steps = @($run.RunStepResults | Where-Object { $null -ne $_ })
        if ($steps.Count -eq 0) { $steps = @($null) }
        foreach ($step in $steps) {
            $values = [ordered]@{ connector = [string]$run.ConnectorName; profile = [string]$run.RunProfileName; run_number = [int]$run.RunNumber
                run_id = [string]$run.RunHistoryId; complete = [bool]$run.IsRunComplete; result = [string]$run.Result; started = Get-UtcText $run.StartDate
                ended = ''; step = $null; step_type = Get-StepType -Run $run -Step $step; step_result = '' }
            if ($run.IsRunComplete) { $values['ended'] = Get-UtcText $run.EndDate }
            if ($null -ne $step) { $values['step'] = [int]$step.StepNumber; $values['step_result'] = [string]$step.StepResult }
            foreach ($name in 'ExportAdd', 'ExportUpdate', 'ExportDelete', 'ExportFailure', 'StageAdd', 'StageUpdate', 'StageDelete') {
                $plural = ($name -creplace '(.)([A-Z])', '$1_$2').ToLowerInvariant() + 's'
                $values[$plural] = 0
                if ($null -ne $step -and $null -ne $step.PSObject.Properties[$name]) { $values[$plural] = [int]$step.$name }
            }
            [pscustomobject]$values
        }
    }
}
