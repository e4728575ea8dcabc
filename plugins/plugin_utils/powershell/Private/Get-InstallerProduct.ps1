# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

function Get-InstallerProduct {
    <#
    .SYNOPSIS
    Name and version of the product in an MSI, from its table Property; both are empty where the file is no MSI. It is opened for reading only.
    #>
    param([Parameter(Mandatory = $true)][string]$Path)
    $told = @{ ProductName = ''; ProductVersion = '' }
    $open = New-Object Collections.ArrayList
    try {
        $installer = New-Object -ComObject 'WindowsInstaller.Installer'
        $null = $open.Add($installer)
        # by name: PowerShell cannot call properties with arguments on these objects
        $database = $installer.GetType().InvokeMember('OpenDatabase', 'InvokeMethod', $null, $installer, @($Path, 0))
        $null = $open.Add($database)
        foreach ($name in @($told.Keys)) {
            $query = "SELECT ``Value`` FROM ``Property`` WHERE ``Property`` = '$name'"
            $view = $database.GetType().InvokeMember('OpenView', 'InvokeMethod', $null, $database, @($query))
            $null = $open.Add($view)
            $null = $view.GetType().InvokeMember('Execute', 'InvokeMethod', $null, $view, $null)
            $row = $view.GetType().InvokeMember('Fetch', 'InvokeMethod', $null, $view, $null)
            if ($null -ne $row) {
                $null = $open.Add($row)
                $told[$name] = [string]$row.GetType().InvokeMember('StringData', 'GetProperty', $null, $row, @(1))
            }
        }
    }
    catch { $told = @{ ProductName = ''; ProductVersion = '' } }
    finally {
        # an object that is not released keeps the file open
        foreach ($each in $open) { if ([Runtime.InteropServices.Marshal]::IsComObject($each)) { $null = [Runtime.InteropServices.Marshal]::FinalReleaseComObject($each) } }
    }
    return [pscustomobject]@{ name = $told.ProductName; version = $told.ProductVersion }
}
