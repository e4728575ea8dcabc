# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-MonotonicMilliseconds {
    <#
    .SYNOPSIS
    Milliseconds that only go forward while Windows runs, the same for all processes.
    #>
    return [long]([Diagnostics.Stopwatch]::GetTimestamp() * 1000.0 / [Diagnostics.Stopwatch]::Frequency)
}
