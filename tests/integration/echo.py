# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions that give back what they were given, or end in one of the ways that a function can, alike on all engines; hard texts."""

from __future__ import annotations

from typing import Any

from ansible_collections.hybrid_identity.entra_connect.plugins.plugin_utils import _functions

from tests.lab.engine import PipelineError

ECHO = """function Get-Echo {
param($Value, $Other, [switch]$Full)
$kinds = @(foreach ($each in @($Value)) { if ($null -eq $each) { 'null' } else { $each.GetType().Name } })
[pscustomobject]@{ value = $Value; kind = $(if ($null -eq $Value) { 'null' } else { $Value.GetType().Name }); kinds = $kinds; full = [bool]$Full }
}"""
TEXTS = {
    "Get-Echo": ECHO,
    "Get-Shapes": """function Get-Shapes {
$list = New-Object Collections.Generic.List[string]
$list.Add('only')
$text = 'plain' | Add-Member -NotePropertyName Path -NotePropertyValue C:\\x -PassThru
[pscustomobject]@{ one = @('a'); none = @(); generic = $list; text = $text; missing = $null; big = [long]9007199254740993; day = [DayOfWeek]::Monday
  rows = @([pscustomobject]@{ name = 'r'; ok = $true }); row = @{ a = 1 }; date = '2024-01-02T03:04:05Z'; old = '/Date(12)/'; no = $false }
}""",
    "Get-Large": "function Get-Large {\nparam([int]$Size, [string]$Text)\n[pscustomobject]@{ text = $Text * $Size }\n}",
    "Get-Noisy": """function Get-Noisy {
Write-Host '<entra_connect>'
Write-Host 'no line break' -NoNewline
Write-Progress -Activity 'x' -Status 'y' -PercentComplete 5
Write-Warning 'beware'
Write-Verbose 'v' -Verbose
[Console]::Out.Write('raw')
[Console]::Error.WriteLine('#< CLIXML')
[Console]::Error.WriteLine('<Objs Version="1.1.0.1" xmlns="http://schemas.microsoft.com/powershell/2004/04"></Objs>')
[pscustomobject]@{ ok = $true }
}""",
    "Get-Refused": """function Get-Refused {
$ErrorActionPreference = 'Stop'
Write-Error -Message 'n\u00f6t "that" one' -ErrorId 'EntraConnect.claim_live'
}""",
    "Get-Broken": "function Get-Broken {\nthrow 'it broke'\n}",
    "Get-Half": "function Get-Half {\nWrite-Error 'only half'\n[pscustomobject]@{ ok = $true }\n}",
    "Get-Unknown": "function Get-Unknown {\nWrite-Error -Message 'who knows' -ErrorId 'EntraConnect.unknown_result' -ErrorAction Stop\n}",
    "Get-Nothing": "function Get-Nothing {\n}",
    "Get-Two": "function Get-Two {\n1\n2\n}",
    "Get-Ended": "function Get-Ended {\nexit 3\n}",
    "Wait-File": "function Wait-File {\nparam([string]$Path)\n[IO.File]::WriteAllText($Path, 'started')\n[Threading.Thread]::Sleep(-1)\n}",
}
# what each document over winrm brings besides: it looks which version of our module is installed
LOOK = {name: _functions.texts()[name] for name in _functions.needed_by("Get-InstalledFolder")}
HARD = {
    "dates stay text": "2024-01-02T03:04:05Z",
    "serializer's dates": "/Date(1700000000000)/",
    "numbers stay text": "0123",
    "like an escape": "_x0000_ \\u0041 \\n",
    "nul and bell": "a\x00b\x07c\x1b\x7f",
    "newlines": "a\nb\r\nc\rd\u0085\u2028e\n",
    "blanks": " \t ",
    "empty": "",
    "one blank": " ",
    "markup": '<Obj RefId="0">&amp;\'"]]></Obj>',
    "beyond the basic plane": "\U0001f600\U0001f468\u200d\U0001f469 \U0010fffd",
    "umlauts": "Zoë Müller-Öztürk, straße",
    "right to left": "שלום \u202eabc\u202c\u200f",
    "powershell": "$(Stop-Computer); `n ${env:TEMP} '@' \"# \u2018\u2019\u201a\u201b",
    "like a parameter": "-Verbose",
    "byte order mark": "\ufeffx",
    "our marks": "\n<entra_connect>\n{}\n</entra_connect>\n",
}


class Echo:
    """The same functions for the lab's own engine."""

    def knows(self, name: str) -> bool:
        """Whether it answers this one."""
        return name in TEXTS

    def invoke(self, name: str, parameters: dict[str, Any]) -> Any:
        """As the text of the function does."""
        if name == "Get-Refused":
            raise PipelineError("EntraConnect.claim_live", 'n\u00f6t "that" one')
        if name == "Get-Unknown":
            raise PipelineError("EntraConnect.unknown_result", "who knows")
        if name == "Get-Broken":
            raise PipelineError("it broke", "it broke")
        if name == "Get-Two":
            return [1, 2]
        return self._echo(**parameters) if name == "Get-Echo" else None

    @staticmethod
    def _echo(Value: Any = None, Other: Any = None, Full: bool = False) -> dict[str, Any]:  # noqa: N803
        kind = "Object[]" if isinstance(Value, list) else _kind(Value)
        return {"value": Value, "kind": kind, "kinds": [_kind(each) for each in (Value if isinstance(Value, list) else [Value])], "full": Full}


def _kind(value: Any) -> str:
    return {bool: "Boolean", int: "Int32", str: "String", type(None): "null"}[type(value)]
