# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Complete-EndpointRegistration {
    <#
    .SYNOPSIS
    Does what is wanted of our endpoints and has no result yet. Runs in a process of its own, since WinRM restarts; what came of it stands in a file.
    .DESCRIPTION
    Each is a change like any other: under the mutex, in the journal, and not while a claim is live.
    .PARAMETER DelayMilliseconds
    How long to wait before, so that the answer to the request leaves before WinRM restarts.
    #>
    param([int]$DelayMilliseconds = 2000)
    Start-Sleep -Milliseconds $DelayMilliseconds
    foreach ($file in [IO.Directory]::GetFiles((Get-EndpointFolder), '*.wanted.json')) {
        $name = [IO.Path]::GetFileName($file) -replace '\.wanted\.json$', ''
        $result = @{ id = ''; outcome = 'done'; error = '' }
        try {
            $wanted = Read-EndpointFile -Name $name -Kind 'wanted'
            $result['id'] = [string]$wanted['id']
            $before = Read-EndpointFile -Name $name -Kind 'result'
            if ($null -ne $before -and [string]$before['id'] -ceq $result['id']) { continue }
            # one whose process died must not take effect when somebody asks for another endpoint later
            if ((ConvertFrom-UtcText (Get-UtcText $wanted['since'])).AddMinutes(15) -lt [DateTime]::UtcNow) { throw 'it was asked for too long ago' }
            $null = Invoke-Change -Function 'Complete-EndpointRegistration' -NeedsToken $false -Change {
                param($record)
                Set-EndpointRegistration -Wanted $wanted
            }
        }
        catch {
            $result['outcome'] = 'failed'
            $result['error'] = Get-ErrorText $_
        }
        Write-EndpointFile -Name $name -Kind 'result' -Value $result
    }
}
