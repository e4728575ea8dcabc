# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-WritebackState {
    <#
    .SYNOPSIS
    Whether password writeback is on; null where it cannot be read.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    try {
        $entra = @(Get-ADSyncConnector -ErrorAction Stop | Where-Object { [string]$_.Identifier -eq 'b891884f-051e-4a83-95af-2544101c9083' })
        if ($entra.Count -ne 1) { return $null }
        $answer = Get-ADSyncAADPasswordResetConfiguration -Connector $entra[0].Name -ErrorAction Stop
        return (ConvertTo-Flag $answer.Enabled)
    }
    catch { return $null }
}
