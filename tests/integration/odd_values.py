# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Generated texts that would do something if anything on the way took them for script text, a parameter's name or markup."""

from __future__ import annotations

import random

SEED = 20261125
# runs in the session when a value is taken for script text; it is there, so that nothing needs to be guessed by luck
ALARM = "Set-Alarm"
QUOTES = ["'", '"', "\u2018", "\u2019", "\u201a", "\u201b", "\u201c", "\u201d", "\u201e", "`", "''", '""', "'@\n", '"@\n', "@'\n", '@"\n']
CODE = [
    ALARM,
    f"$({ALARM})",
    f";{ALARM};",
    f"|{ALARM}",
    f"\n{ALARM}\n",
    f"& {{ {ALARM} }}",
    f"@({ALARM})",
    f"${{function:{ALARM}}}",
    f"#>{ALARM}<#",
    f"{{0}} -f ({ALARM})",
    f"-Value ({ALARM})",
    f"') ; {ALARM} #",
    f'") ; {ALARM} #',
    f"cmd /c {ALARM} & {ALARM} && {ALARM} || {ALARM}",
    f"%COMSPEC% ^| {ALARM}",
]
NAMES = [
    *("-Verbose", "-Debug", "-ErrorAction", "-WhatIf", "-Value:", "-Values", "--", "-", "/?", "--%"),
    *("@args", "@PSBoundParameters", "$null", "$true"),
]
SIGNS = [
    *"\t\n\r\0\a\x1b\x7f\x85\u2028\u2029\u200e\u200f\u202e\u202a\u2066\u2069\ufeff\u00a0\u3000",
    *"<>&]{}()[]\\/|^%$#~*?!,;:=+",
    "]]>",
    "&amp;",
    "_x0041_",
    "_x",
    "\\u0041",
    "\r\n",
    "ß",
    "é",
    "e\u0301",
    "שלום",
    "名前",
    "\U0001f600",
    "\U0010fffd",
    "abc",
    "  ",
]
KINDS = (QUOTES, CODE, NAMES, SIGNS)


def values(count: int, seed: int = SEED) -> list[str]:
    """So many texts; the same ones for the same seed."""
    generator = random.Random(seed)
    made = [*NAMES, *CODE, *QUOTES, ""]
    while len(made) < count:
        parts = [generator.choice(generator.choice(KINDS)) for _each in range(generator.randint(1, 7))]
        made.append("".join(parts))
    return made[:count]
