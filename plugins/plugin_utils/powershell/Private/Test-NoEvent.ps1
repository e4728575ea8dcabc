# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Test-NoEvent {
    <#
    .SYNOPSIS
    Whether an error of Get-WinEvent says that there is no such event (adsync.md 8.1): by its id, which is no text of a language, else by its English text.
    #>
    param([Parameter(Mandatory = $true)][System.Management.Automation.ErrorRecord]$Problem)
    return ([string]$Problem.FullyQualifiedErrorId -like 'NoMatchingEventsFound*' -or [string]$Problem.Exception.Message -like '*No events were found*')
}
