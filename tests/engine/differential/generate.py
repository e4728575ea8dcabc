# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Sequences of calls and acts, made from a seed. A step is plain JSON, so that it can be printed and played again."""

from __future__ import annotations

import base64
import hashlib
import random
from collections.abc import Callable
from typing import Any

from .acts import ACTS, MSI, NEXT_VERSION, WITH_SNAPSHOTS

Step = dict[str, Any]
Values = dict[str, Any]
ODD = [
    "O'Brien",
    'a "quoted" name',
    "$(throw 'no')",
    "`back; Get-Date",
    "Zoë 名前 😀",
    "line\nline\ttab",
    "_x0041_ & <b>",
    "",
    " ",
    "\\\\srv\\c$",
    "\u2028",
]
TOKENS = [(1, "aaa"), (2, "bbb"), (5, "c0ffee")]
PROFILES = [("2.5.79.0", 12), ("2.5.190.0-writeback", 4), ("2.4.131.0", 3), ("2.6.92.0", 1)]
NOT_COMPARED = {
    "Get-EntraSyncModule": "the files on the server's disk, of which the twin has a number only; test_installation.py",
    "Install-EntraSyncModule": "the same",
    "Uninstall-EntraSyncModule": "the same",
    "Get-EntraSyncEndpoint": "Windows' session configurations, changed by a process of its own; test_installation.py",
    "Register-EntraSyncEndpoint": "the same",
    "Unregister-EntraSyncEndpoint": "the same",
}
RARE_ACTS = {"an hour passes", "snapshot restored", "changes in AD"}


class Generator:
    """Makes one sequence; remembers which claim the servers probably hold, so that most calls get beyond the guards."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.held: tuple[int, str] = (0, "")
        self.calls: list[tuple[int, Callable[[], Step]]] = [
            (4, self.claim),
            (3, lambda: self.call("Complete-EntraSyncClaim", self.token())),
            (2, lambda: self.call("Close-EntraSyncClaim", {**self.token(), "Outcome": self.one("done", "stopped", self.text())})),
            (2, lambda: self.call("Update-EntraSyncLease", {**self.token(), "LeaseSeconds": self.one(120, 900, 0)})),
            (4, lambda: self.call("Get-EntraSyncServer", {"Full": self.one(True, False)})),
            (1, lambda: self.call("Get-EntraSyncPrerequisite", {})),
            (1, lambda: self.call("Get-EntraSyncRun", {"Newest": self.one(1, 5, 50)})),
            (1, self.health),
            (1, lambda: self.call("Get-EntraSyncJournal", {"Newest": self.one(0, 3, 200), "Function": self.one(None, ["Enter-EntraSyncHold"])})),
            (2, self.pending),
            (1, lambda: self.call("Get-EntraSyncInstaller", self.installer())),
            (1, lambda: self.call("Get-EntraSyncFile", {"Name": self.file()})),
            (1, lambda: self.call("Get-EntraSyncConfiguration", {"Name": self.zip(), "Remove": self.one(False, False, True)})),
            (3, self.write_file),
            (
                1,
                lambda: self.call(
                    "Read-EntraSyncFile", {"Name": self.file(), "Offset": self.one(0, 0, 3, 99, -1), "Length": self.one(1, 64, 262144, 0)}
                ),
            ),
            (1, lambda: self.call("Remove-EntraSyncFile", {**self.maybe(), "Name": self.file(), "PartOnly": self.one(True, False)})),
            (3, lambda: self.call("Get-EntraSyncTicket", self.token())),
            (4, self.promote),
            (2, lambda: self.call("Register-EntraSyncPromotion", self.token())),
            (4, lambda: self.call("Enable-EntraSyncStaging", self.token())),
            (5, lambda: self.call("Enter-EntraSyncHold", {**self.token(), "Facts": self.one('{"role": "staging"}', self.text())})),
            (4, lambda: self.call("Start-EntraSyncRelease", {**self.token(), "Mend": self.random.random() < 0.3})),
            (4, lambda: self.call("Complete-EntraSyncRelease", self.token())),
            (2, lambda: self.call("Enter-EntraSyncQuarantine", self.token())),
            (2, lambda: self.call("Set-EntraSyncSerial", {**self.token(), "Serial": self.one(1, 7), "Restored": self.one(True, False)})),
            (3, self.fence),
            (1, lambda: self.call("Clear-EntraSyncFence", {**self.token(), "Server": self.one("srv9", "srv9", "srv8", self.text())})),
            (3, self.scheduler),
            (2, self.auto_upgrade),
            (2, self.override),
            (
                3,
                lambda: self.call("Restore-EntraSyncFound", {**self.maybe(), "Name": self.one("scheduler", "auto_upgrade", "auto_upgrade", "other")}),
            ),
            (3, lambda: self.call("Start-EntraSyncCycle", {**self.maybe(), "PolicyType": self.one("Delta", "Initial", "Delta", "Full")})),
            (2, lambda: self.call("Stop-EntraSyncCycle", self.maybe())),
            (2, self.install),
            (1, lambda: self.call("Save-EntraSyncResult", {"RunId": self.one("aaa", "c0ffee", "../x", "AAA"), "Text": self.one("{}", self.text())})),
        ]

    def sequence(self) -> list[Step]:
        """Between 5 and 12 steps; the first says which server and version the sequence is about."""
        profile = self.random.choices([name for name, _weight in PROFILES], [weight for _name, weight in PROFILES])[0]
        steps: list[Step] = [{"world": {"profile": profile, "staging": self.random.random() < 0.75}}]
        count = self.random.randint(5, 12)
        if self.random.random() < 0.8:
            steps += [self.claim(good=True)]
            if self.random.random() < 0.85:
                steps += [self.call("Complete-EntraSyncClaim", self.good())]
        while len(steps) <= count:
            steps.append(
                self.act() if self.random.random() < 0.3 else self.random.choices([c for _w, c in self.calls], [w for w, _c in self.calls])[0]()
            )
        return steps

    # -- steps -------------------------------------------------------------------------------------------------------
    def act(self) -> Step:
        """Something that happens in the world."""
        names = [*ACTS, *WITH_SNAPSHOTS, "wizard closed", "service started", "flag on", "cycle ended", "snapshot taken"]
        name = self.random.choice(names)
        return {"act": self.random.choice(names) if self.random.random() < 0.5 and (name in RARE_ACTS or "damaged" in name) else name}

    @staticmethod
    def call(function: str, parameters: Values) -> Step:
        """A call."""
        return {"call": function, "parameters": parameters}

    def health(self) -> Step:
        """How the server has been since long ago, or since a time that is still to come."""
        return self.call("Get-EntraSyncHealth", {"Since": self.one("20200101T000000Z", "20370101T000000Z", "yesterday"), "Most": self.one(1, 500)})

    def claim(self, good: bool = False) -> Step:
        """A claim: mostly a sound one, which the next calls then use."""
        sound = good or self.random.random() < 0.7
        expected = self.held if sound else self.random.choice([(0, ""), *TOKENS])
        higher = [token for token in TOKENS if token[0] > expected[0]]
        token = self.random.choice(higher if sound and higher else TOKENS)
        if sound and higher:
            self.held = token
        parameters = {
            "ExpectedEpoch": expected[0],
            "ExpectedRunId": expected[1],
            "Epoch": token[0],
            "RunId": token[1],
            "Who": self.one("me@host", self.text()),
            "Kind": self.one("topology", "server"),
            "Tenant": self.one("contoso.onmicrosoft.com", self.text()),
            "Members": self.one(["m1", "m2"], ["m1"], ["m1", self.text()]),
            "GoalActive": self.one("srv2", ""),
            "GoalFormer": self.one("srv1", self.text()),
            "GoalVersion": self.one("", "2.6.92.0"),
            "GoalOrder": "staging_first",
            "GoalMethod": self.one("wizard", "settings"),
            **self.one(
                {}, {"GoalVerb": self.one("rollback", "", self.text()), "MemberNames": self.one(["srv1", "srv2"], ["srv1"], [], [self.text()])}
            ),
            **self.one({}, {}, {"Overrides": self.one("overridden: G6 (CHG-1)", self.text())}),
            "LeaseSeconds": self.one(120, 120, 120, 0, -5),
            "TakeOver": True if sound else self.one(True, False),
        }
        return self.call("New-EntraSyncClaim", parameters)

    def pending(self) -> Step:
        """A look at the pending exports."""
        given = {"Detail": self.one(True, True, False), "Samples": self.one(0, 2, 500, -1), "MostSeconds": self.one(600, 600, 600, 0)}
        return self.call(
            "Get-EntraSyncPendingExport", {**given, **self.one({}, {"Watch": ["userPrincipalName", "sn"]}, {"Watch": [self.text() or "x"]})}
        )

    def promote(self) -> Step:
        """A promotion on a ticket: of this sequence, of another claim, or none at all."""
        ticket = self.one("<newest>", "<newest>", "<newest>", "<first>", "<foreign>", "no ticket", f"a|b|{self.held[0]}.{self.held[1]}", "")
        return self.call("Disable-EntraSyncStaging", {**self.token(), "Ticket": ticket, "MaxAgeSeconds": self.one(30, 30, 30, 0, -1)})

    def fence(self) -> Step:
        """A server that is declared out; few names and values, so that fences meet."""
        given = {
            "Server": self.one("srv9", "srv9", "SRV9", "srv8", self.text()),
            "Kind": self.one("cloud", "powered_off", "asserted", "ASSERTED", "word"),
        }
        told = {"Reason": self.one("dead", self.text()), "Evidence": self.one("", "ticket 4711"), "Identity": self.one("", "Sync_SRV9")}
        return self.call("Set-EntraSyncFence", {**self.token(), **given, **told, "Exported": self.one("", "never", "yesterday")})

    def scheduler(self) -> Step:
        """Some settings of the scheduler."""
        given: Values = {}
        if self.random.random() < 0.6:
            given["SyncCycleEnabled"] = self.one(True, False)
        if self.random.random() < 0.2:
            given["MaintenanceEnabled"] = self.one(True, False)
        if self.random.random() < 0.3:
            given["CustomizedSyncCycleInterval"] = self.one("01:00:00", "00:10:00", "", "1.00:00:00", "soon")
        if self.random.random() < 0.2:
            given["NextSyncCyclePolicyType"] = self.one("Initial", "Delta", "Weekly")
        if self.random.random() < 0.1:
            given["PurgeRunHistoryInterval"] = self.one("3.00:00:00", "never")
        return self.call("Set-EntraSyncScheduler", {**self.maybe(), **given, "KeepFound": self.one(True, False), "TimeoutSeconds": 20})

    def override(self) -> Step:
        """A full import or full synchronisation that is queued, or taken out."""
        given: Values = {"Connector": self.one("contoso.local", "CONTOSO.local", "none", self.text())}
        for name in ("FullImport", "FullSync"):
            if self.random.random() < 0.6:
                given[name] = self.one(True, False)
        return self.call("Set-EntraSyncConnectorOverride", {**self.maybe(), **given})

    def auto_upgrade(self) -> Step:
        """Automatic upgrade."""
        return self.call(
            "Set-EntraSyncAutoUpgrade",
            {**self.maybe(), "State": self.one("Enabled", "Disabled", "Disabled", "Maybe"), "KeepFound": self.one(True, False)},
        )

    def install(self) -> Step:
        """An installation of the wizard, with the right checksum or another one."""
        from tests.lab.model.installer import Installer

        right = Installer(NEXT_VERSION).sha256
        return self.call("Install-EntraSyncWizard", {**self.token(), **self.installer(), "Sha256": self.one(right, right.upper(), "00", "")})

    def write_file(self) -> Step:
        """A chunk of a file: mostly the whole of one, else one that fits or not."""
        from tests.lab.model.installer import Installer

        whole = Installer(NEXT_VERSION, signer=self.one("Microsoft Corporation", "Microsoft Corporation", "Contoso")).file
        start, end = self.one((0, None), (0, None), (0, 9), (9, None), (9, 12), (len(whole), None))
        return self.call(
            "Write-EntraSyncFile",
            {
                **self.maybe(),
                "Name": self.file(),
                "Offset": self.one(start, start, start, start, 1),
                "Data": self.one(*[base64.b64encode(whole[start:end]).decode()] * 5, "no base64!"),
                "Size": self.one(len(whole), len(whole), len(whole), 3),
                "Sha256": self.one(*[hashlib.sha256(whole).hexdigest()] * 5, "00" * 32, "00"),
            },
        )

    # -- values ------------------------------------------------------------------------------------------------------
    def one(self, *values: Any) -> Any:
        """One of them."""
        return self.random.choice(values)

    def text(self) -> str:
        """A text with odd characters."""
        return str(self.random.choice(ODD))

    def path(self) -> str:
        """A file on the server, or none."""
        return str(self.one(MSI, MSI, MSI, "C:\\msi\\nowhere.msi", "C:\\msi\\[odd] name.msi"))

    def installer(self) -> Values:
        """An installer by its path, or by its name in our folder."""
        return self.one({"Path": self.path()}, {"Path": self.path()}, {"File": self.file()})  # type: ignore[no-any-return]

    def file(self) -> str:
        """A name in our folder; few of them, so that calls meet."""
        return str(
            self.one("a.msi", "a.msi", "a.msi", "b-1_x.txt", "..\\x", "a/b", "CON", "nul.txt", "a.msi.part", ".hidden", "x.", "\u00e4.msi", "a" * 101)
        )

    def zip(self) -> str:
        """A name for a copy of the settings, or another one."""
        name = f"settings-{'0' * 32}.zip"
        return str(self.one(name, name, name.upper(), "settings-1.zip", self.file()))

    def good(self) -> Values:
        """The token that is probably in force."""
        epoch, run_id = self.held if self.held[0] or self.random.random() < 0.3 else TOKENS[0]
        return {"Epoch": epoch, "RunId": run_id}

    def token(self) -> Values:
        """Mostly that; else a wrong epoch, a wrong run id, another case, or none."""
        epoch, run_id = self.held
        if self.random.random() < 0.88:
            return self.good()
        return dict(
            self.one({"Epoch": epoch + 1, "RunId": run_id}, {"Epoch": epoch or 1, "RunId": "zzz"}, {"Epoch": epoch or 1, "RunId": run_id.upper()}, {})
        )

    def maybe(self) -> Values:
        """A token where none is needed."""
        return self.token() if self.random.random() < 0.7 else {}


def sequence(seed: int) -> list[Step]:
    """The sequence of a seed."""
    return Generator(seed).sequence()
