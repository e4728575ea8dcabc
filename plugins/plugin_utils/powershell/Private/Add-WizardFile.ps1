# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Add-WizardFile {
    <#
    .SYNOPSIS
    Copies the newest file that the wizard wrote about its settings into a folder Wizard there; empty name where there is none (adsync.md 7.1).
    #>
    param([Parameter(Mandatory = $true)][string]$Folder)
    $from = Join-Path $env:ProgramData 'AADConnect'
    $none = [pscustomobject]@{ name = ''; written = '' }
    if (-not [IO.Directory]::Exists($from)) { return $none }
    $found = @([IO.Directory]::GetFiles($from, 'Applied-SynchronizationPolicy-*.JSON') | Sort-Object -Property { [IO.File]::GetLastWriteTimeUtc($_) })
    if ($found.Count -eq 0) { return $none }
    $name = [IO.Path]::GetFileName($found[-1])
    $null = New-Item -ItemType Directory -Path (Join-Path $Folder 'Wizard')
    [IO.File]::Copy($found[-1], (Join-Path (Join-Path $Folder 'Wizard') $name))
    return [pscustomobject]@{ name = $name; written = Get-UtcText ([IO.File]::GetLastWriteTimeUtc($found[-1])) }
}
