# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-StepType {
    <#
    .SYNOPSIS
    What a step of a run does: from the step's own XML where it says so, else from the name of the run profile; empty where neither tells.
    #>
    param($Run, $Step)
    Set-StrictMode -Off   # a run or a step may lack what is looked for
    if ([string]$Step.StepXml -match '<step-type[^>]*type="([a-z-]+)"') {
        $type = $Matches[1]
        if ($type -match 'export') { return 'export' }
        if ($type -match 'import') { if ($type -match 'full') { return 'full-import' } return 'delta-import' }
        if ($type -match 'rules|sync') { if ($type -match 'full') { return 'full-sync' } return 'delta-sync' }
    }
    switch -Regex ([string]$Run.RunProfileName) {
        'export' { return 'export' }
        'full import' { return 'full-import' }
        'delta import' { return 'delta-import' }
        'full sync' { return 'full-sync' }
        'delta sync' { return 'delta-sync' }
    }
    return ''
}
