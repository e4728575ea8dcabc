# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-DomainPart {
    <#
    .SYNOPSIS
    The AD forests that are connected, and whether the engine reaches each of their domains (adsync.md 2.12, B.5).
    #>
    $part = @{ forests = $null; domains = $null; domains_error = '' }
    try {
        $names = @(foreach ($connector in @(Get-ADSyncConnector -ErrorAction Stop)) { $fact = Get-ConnectorFact $connector; if ($fact.kind -eq 'ad') { $fact.name } })
        $part.forests = $names
        $part.domains = @(foreach ($name in $names) {
                foreach ($domain in @(Get-ADSyncDomainReachabilityStatus -ConnectorName $name -ErrorAction Stop)) {
                    $why = (([string]$domain.ExceptionMessage -split "`n")[0]).Trim()
                    [pscustomobject]@{ connector = $name; domain = [string]$domain.FullName; reachable = [bool]$domain.IsReachable; error = $why }
                }
            })
    }
    catch { $part.domains = $null; $part.domains_error = Get-ErrorText $_ }
    return $part
}
