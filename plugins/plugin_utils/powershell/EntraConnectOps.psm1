# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

# Loads one function a file. Only what the manifest names is visible outside of the module.
Set-StrictMode -Version Latest
foreach ($part in 'Private', 'Public') {
    foreach ($file in [IO.Directory]::GetFiles([IO.Path]::Combine($PSScriptRoot, $part), '*.ps1')) { . $file }
}
