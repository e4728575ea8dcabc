# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-RunStep {
    <#
    .SYNOPSIS
    The newest runs of the history, one record a step, newest first by start: that the cmdlet sorts is not documented (adsync.md 2.6).
    #>
    param([int]$Newest = 50)
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $runs = @(Get-ADSyncRunProfileResult -NumberRequested $Newest -RunStepDetails -ErrorAction Stop | Where-Object { $null -ne $_ })
    foreach ($run in @($runs | Sort-Object -Property StartDate -Descending)) {
        $complete = (ConvertTo-Flag $run.IsRunComplete) -eq $true
        $steps = @($run.RunStepResults | Where-Object { $null -ne $_ })
        if ($steps.Count -eq 0 -and $complete -and (Get-StepType -Run $run -Step $null) -eq 'export') {
            # a run may be told without its steps; what an export did must not read as nothing where it can be asked for
            try { $steps = @(Get-ADSyncRunStepResult -RunHistoryId $run.RunHistoryId -ErrorAction Stop | Where-Object { $null -ne $_ }) } catch { $steps = @() }
        }
        if ($steps.Count -eq 0) { $steps = @($null) }
        foreach ($step in $steps) {
            $values = [ordered]@{ connector = [string]$run.ConnectorName; profile = [string]$run.RunProfileName
                run_number = [int]$run.RunNumber; run_id = [string]$run.RunHistoryId; complete = $complete
                result = [string]$run.Result; started = Get-UtcText $run.StartDate
                ended = ''; step = $null; step_type = Get-StepType -Run $run -Step $step; step_result = [string]$step.StepResult }
            if ($complete) { $values['ended'] = Get-UtcText $run.EndDate }
            if ($null -ne $step) { $values['step'] = [int]$step.StepNumber }
            foreach ($name in 'ExportAdd', 'ExportUpdate', 'ExportDelete', 'ExportFailure', 'StageAdd', 'StageUpdate', 'StageDelete') {
                $plural = ($name -creplace '(.)([A-Z])', '$1_$2').ToLowerInvariant() + 's'
                $values[$plural] = [int]$step.$name
            }
            [pscustomobject]$values
        }
    }
}
