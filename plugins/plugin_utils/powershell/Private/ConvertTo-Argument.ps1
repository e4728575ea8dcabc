# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function ConvertTo-Argument {
    <#
    .SYNOPSIS
    One text as one argument of a command line, as Windows' programs take it apart (CommandLineToArgvW): quotes and backslashes stay what they are.
    #>
    param([string]$Text)
    # backslashes count only before a quote: there, and at the end, each is doubled
    $escaped = [regex]::Replace($Text, '(\\*)"', '$1$1\"')
    return '"' + [regex]::Replace($escaped, '(\\+)\z', '$1$1') + '"'
}
