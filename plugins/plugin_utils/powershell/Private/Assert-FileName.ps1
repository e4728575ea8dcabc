# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Assert-FileName {
    <#
    .SYNOPSIS
    Refuses what is no plain file name: bad_file_name. No name leads out of our folder, to a device, to another stream of a file, or to a part.
    #>
    param([Parameter(Mandatory = $true)][AllowEmptyString()][string]$Name)
    $plain = '\A[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\z'
    # Windows takes the device whatever stands behind the first dot, and drops a dot at the end
    $device = '\A(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|\z)'
    $lower = $Name.ToLowerInvariant()
    if ($Name -cnotmatch $plain -or $lower -cmatch $device -or $lower -cmatch '\.(part)?\z') {
        $shown = $Name -replace '[^ -~]', '?'
        if ($shown.Length -gt 60) { $shown = $shown.Substring(0, 60) + '...' }
        New-Refusal 'bad_file_name' "'$shown' is no plain file name"
    }
}
