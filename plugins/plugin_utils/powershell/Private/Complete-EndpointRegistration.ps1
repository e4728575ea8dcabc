# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Complete-EndpointRegistration {
    <#
    .SYNOPSIS
    Does what was asked for last of our endpoints. Runs in a process of its own, since WinRM restarts; what came of it stands in a file.
    .DESCRIPTION
    A change like any other: under the mutex, in the journal, and not while a claim is live. Only the request whose id is in the record, and of that
    only what the asking function would take: a file that merely lies there is told as failed, and is not carried out.
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
                if ([string]$record['endpoint_request'] -cne [string]$wanted['id']) { throw 'another one was asked for since, or this one was not asked for' }
                if ([string]$wanted['name'] -cne $name) { throw 'it is about an endpoint of another name' }
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
