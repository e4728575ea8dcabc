# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-MachineId {
    <#
    .SYNOPSIS
    The machine's own id from the registry; a clone that was not generalised has the same one. Where that cannot be read the id of its board, else its name.
    #>
    Set-StrictMode -Off   # a cmdlet that is a script may run in our scope
    $id = ''
    try { $id = [string](Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Cryptography' -Name 'MachineGuid' -ErrorAction Stop).MachineGuid } catch { $id = '' }
    if ($id) { return $id }
    try { $board = [string](Get-CimInstance -ClassName 'Win32_ComputerSystemProduct' -ErrorAction Stop).UUID } catch { $board = '' }
    if ($board) { return "board-$($board.ToLowerInvariant())" }
    return "name-$((Get-ComputerName).ToLowerInvariant())"
}
