# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases: each names its calls and what must come of the last one."""

from __future__ import annotations

import hashlib
from typing import Any

from .engine import TOKEN, Call, Case

OTHER = {"Epoch": 1, "RunId": "bbb"}


def claim(complete: bool = True, **changes: Any) -> list[Call]:
    """A claim as the controller takes it."""
    given = {
        "ExpectedEpoch": 0,
        "ExpectedRunId": "",
        **TOKEN,
        "Who": "me@host",
        "Kind": "topology",
        "Tenant": "contoso.onmicrosoft.com",
        "Members": ["m1", "m2"],
        "GoalActive": "srv2",
        "GoalFormer": "srv1",
        "GoalVersion": "",
        "GoalOrder": "staging_first",
        "GoalMethod": "settings",
        "LeaseSeconds": 120,
        "TakeOver": False,
    }
    calls = [Call("New-EntraSyncClaim", {**given, **changes})]
    return calls + ([Call("Complete-EntraSyncClaim", TOKEN)] if complete else [])


def held() -> list[Call]:
    """A claimed and held server."""
    return [*claim(), Call("Enter-EntraSyncHold", {**TOKEN, "Facts": '{"x":1}'})]


def world(script: str) -> Call:
    """A change of the stub's world."""
    return Call(script=script)


def promote(**changes: Any) -> list[Call]:
    """Ticket and promotion."""
    return [Call("Get-EntraSyncTicket", TOKEN), Call("Disable-EntraSyncStaging", {**TOKEN, "Ticket": "<ticket>", "MaxAgeSeconds": 30, **changes})]


RELEASE = Call("Start-EntraSyncRelease", {**TOKEN, "Mend": False})
COMPLETE = Call("Complete-EntraSyncRelease", TOKEN)
HOLD = Call("Enter-EntraSyncHold", {**TOKEN, "Facts": ""})
READ = Call("Get-EntraSyncServer", {"Full": True})
PREREQUISITE = Call("Get-EntraSyncPrerequisite")
RUN_XML = '<step-type type="export" />'
RUN = (
    "$World.runs = @([pscustomobject]@{{ ConnectorName = 'contoso.onmicrosoft.com - AAD'; RunProfileName = '{profile}'; "
    "RunNumber = 7; RunHistoryId = [Guid]::Empty; "
    "IsRunComplete = $true; Result = 'success'; StartDate = [DateTime]'2026-11-23T09:00:00'; EndDate = [DateTime]'2026-11-23T09:01:00'; "
    "RunStepResults = @([pscustomobject]@{{ StepNumber = 1; StepResult = 'success'; "
    "StepXml = '{xml}'; ExportAdd = 4; ExportUpdate = 5; ExportDelete = 6; ExportFailure = 0 }}) }})"
)

# the record as a version wrote it that knew neither verb nor names
OLDER = (
    "$p = Join-Path (Get-RecordFolder) 'record.json'; $r = Get-Content $p -Raw | ConvertFrom-Json; "
    "foreach ($n in 'goal_verb', 'member_names') { $r.claim.PSObject.Properties.Remove($n) }; "
    "[IO.File]::WriteAllText($p, ($r | ConvertTo-Json -Depth 9))"
)
PENDING = (
    "$p = Join-Path (Get-RecordFolder) 'record.json'; $r = Get-Content $p -Raw; "
    '[IO.File]::WriteAllText($p, ($r -replace \'("state"\\s*:\\s*)"complete"\', \'$1"pending"\'))'
)

DAMAGED = (
    "$null = New-Item -ItemType Directory -Path (Get-RecordFolder) -Force; "
    "Set-Content -LiteralPath (Join-Path (Get-RecordFolder) 'record.json') -Value '{oops'"
)
WAITING = (
    "$p = Join-Path (Get-RecordFolder) 'record.json'; $s = Get-UtcText (Get-Process -Id $PID).StartTime.ToUniversalTime(); "
    "[IO.File]::WriteAllText($p, ((Get-Content $p -Raw) -replace '\"child\"\\s*:\\s*null', "
    '"`"child`": {`"pid`": $PID, `"started`": `"$s`", `"function`": `"x`", `"deadline`": `"$s`"}"))'
)
IN_USE = "$kept = [IO.File]::Open((Join-Path (Get-FileFolder) '{}'), 'Open', 'ReadWrite', 'None')"
FOLDER_AT = "$null = New-Item -ItemType Directory -Path (Join-Path ({}) '{}/x') -Force"
WISH = "function Invoke-Wish { Assert-EndpointWish -Wanted @{ name = 'Own'; state = 'gone'; groups = @('g') } }"
UNKNOWN = "EntraConnect.unknown_result"
SIGNATURE = "EntraConnect.signature_wrong"
NONE = {"installed": ""}
DATA = hashlib.sha256(b"data").hexdigest()
NO_FOLDER = "$null = New-Item -ItemType Directory -Path (Get-RecordFolder); Set-Content -LiteralPath (Get-FileFolder) -Value 'x'"
HEALTH = Call("Get-EntraSyncHealth", {"Since": "20261101T000000Z"})


def logged(*events: str) -> Call:
    """Events in the log: minutes, provider, id, level, message of each."""
    made = [
        "[pscustomobject]@{{ TimeCreated = [DateTime]'2026-11-23T09:{}:00Z'; ProviderName = '{}'; Id = {}; Level = [byte]{}; "
        "Message = '{}' }}".format(*event.split("|"))
        for event in events
    ]
    return world(f"$World.events = @({', '.join(made)})")


INSTALL = Call("Install-EntraSyncWizard", {**TOKEN, "File": "a.msi", "Sha256": DATA})
BY_PATH = Call("Install-EntraSyncWizard", {**TOKEN, "Path": "a.msi", "Sha256": DATA})
ZIP = f"settings-{'0' * 32}.zip"
SETTINGS = Call("Get-EntraSyncConfiguration", {"Name": ZIP})
OTHER_SETTINGS = Call("Get-EntraSyncConfiguration", {"Name": f"settings-{'1' * 32}.zip"})
OLD_ZIP = f"[IO.File]::SetLastWriteTimeUtc((Join-Path (Get-FileFolder) '{ZIP}'), [DateTime]::UtcNow.AddHours(-2))"
LOCKED = "$World.configuration_open = $true"
LARGE = "$World.configuration_size = 600MB"
WIZARD_FILES = (
    "$d = Join-Path $env:ProgramData 'AADConnect'; $null = New-Item -ItemType Directory -Path $d; foreach ($n in 2, 1) { "
    "$f = Join-Path $d \"Applied-SynchronizationPolicy-$n.JSON\"; [IO.File]::WriteAllText($f, '{}'); "
    "[IO.File]::SetLastWriteTimeUtc($f, ([DateTime]'2026-11-03T00:00:00').AddDays(-$n)) }"
)
GET = Call("Get-EntraSyncFile", {"Name": "a.txt"})


def write(name: str, **changes: Any) -> Call:
    """A file of one chunk."""
    return Call("Write-EntraSyncFile", {"Name": name, "Offset": 0, "Data": "ZGF0YQ==", "Size": 4, "Sha256": DATA, **changes})


MSI = write("a.msi")
AT_PATH = world("[IO.File]::WriteAllText((Join-Path $env:ProgramData 'a.msi'), 'data'); Set-Location $env:ProgramData")
UNREAD = world("$World.signature = ''; $World.signer = ''")


class Has(dict[str, Any]):
    """A part of a flat object: equal to every one that has these values."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, dict) and all(name in other and value == other[name] for name, value in self.items())

    __hash__ = None  # type: ignore[assignment]


class Young:
    """An age in seconds that began within this test."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, int) and 0 <= other < 300

    __hash__ = None  # type: ignore[assignment]


def fence(**changes: Any) -> Call:
    """A server that is declared out, its cloud identity disabled."""
    given = {"Server": "srv9", "Kind": "cloud", "Reason": "dead", "Evidence": "", "Identity": "Sync_SRV9", "Exported": "never"}
    return Call("Set-EntraSyncFence", {**TOKEN, **given, **changes})


RECORD_JSON = "$p = Join-Path (Get-RecordFolder) 'record.json'; "
CHANGED = RECORD_JSON + "$r = Get-Content $p -Raw | ConvertFrom-Json; {change}; [IO.File]::WriteAllText($p, (ConvertTo-Json $r -Depth 5))"
YESTERDAY = CHANGED.format(change="$r.fences[0].since = '2026-11-01T00:00:00.000000Z'")
OLD_RECORD = CHANGED.format(change="$r.PSObject.Properties.Remove('fences')")
WRITTEN = "$null = New-Item -ItemType Directory -Path (Get-RecordFolder) -Force; " + RECORD_JSON + "[IO.File]::WriteAllText($p, '{text}')"
NO_TIME = WRITTEN.replace("{text}", '{"fences": [{"server": "srv9", "kind": "cloud"}]}')
NO_FENCE = WRITTEN.replace("{text}", '{"fences": ["srv9"]}')

SOURCES = [
    {"log": "Application", "provider": name, "read": True, "registered": known, "cut": False, "error": ""}
    for name, known in (
        ("ADSync", True),
        ("Directory Synchronization", True),
        ("PasswordResetService", False),
        ("Azure AD Connect Upgrade", False),
        ("Microsoft Entra Connect Upgrade", False),
        ("AzureADConnect", False),
    )
]
SOURCES.append(
    {"log": "Microsoft-AzureADConnect-AuthenticationAgent/Admin", "provider": "", "read": True, "registered": False, "cut": False, "error": ""}
)
EVENT = {"log": "Application", "provider": "ADSync", "id": 6801, "level": "error"}

CASES = [
    # -- how a server has been
    Case(
        "health of a server where nothing was logged",
        [HEALTH],
        answer={
            "sources": SOURCES,
            "events": [],
            "staging": True,
            "imports": [],
            "log_error": "",
            "password_sync": [{"dn": "DC=contoso,DC=local", "status": "Successful", "succeeded": "2026-11-23T09:00:00.000000Z"}],
        },
    ),
    Case(
        "health by grouped events",
        [
            logged(
                "05|ADSync|6801|2|The  extension\n failed.",
                "01|ADSync|6801|2|Another one.",
                "03|ADSync|2001|4|Started.",
                "04|Directory Synchronization|116|4|500.",
            ),
            HEALTH,
        ],
        answer={
            "events": [
                {
                    **EVENT,
                    "count": 2,
                    "first": "2026-11-23T09:01:00.000000Z",
                    "last": "2026-11-23T09:05:00.000000Z",
                    "messages": "The extension failed.\nAnother one.",
                },
                {
                    "log": "Application",
                    "provider": "Directory Synchronization",
                    "id": 116,
                    "level": "information",
                    "count": 1,
                    "first": "2026-11-23T09:04:00.000000Z",
                    "last": "2026-11-23T09:04:00.000000Z",
                    "messages": "500.",
                },
            ]
        },
    ),
    Case(
        "health by more events than are read",
        [logged("05|ADSync|6801|2|One.", "01|ADSync|6801|2|Two."), Call("Get-EntraSyncHealth", {"Since": "20261101T000000Z", "Most": 1})],
        answer={"sources": [{**SOURCES[0], "cut": True}, *SOURCES[1:]]},
    ),
    Case("health of a server whose log cannot be read", [world("$World.log_fails = $true"), HEALTH], answer={"log_from": "", "events": []}),
    Case(
        "health while the service is stopped",
        [world("$World.service = 'Stopped'"), HEALTH],
        answer={"staging": None, "imports": None, "password_sync": None, "certificate": None, "certificate_ends": ""},
    ),
    Case(
        "health with the certificate of the sign-in",
        [world("$World.credential = @{ ConnectorIdentityType = 'Application'; CertificateThumbprint = 'AB' }"), HEALTH],
        answer={"certificate": "AB", "certificate_ends": "2027-01-02T03:04:05.000000Z"},
    ),
    Case(
        "health where the sign-in is by an account",
        [world("$World.credential = @{ ConnectorIdentityType = 'ServiceAccount' }"), HEALTH],
        answer={"certificate": "", "certificate_ends": ""},
    ),
    Case("health since a time that is none", [Call("Get-EntraSyncHealth", {"Since": "yesterday"})], error="ParameterArgumentValidationError"),
    Case(
        "services that cannot be listed are not absent",
        [world("$World.services_fail = $true; $World.runs = @()"), HEALTH],
        answer={
            "services": [
                {"name": "ADSync", "found": True, "status": "Running", "start_type": "Automatic"},
                *(
                    {"name": name, "found": None, "status": "", "start_type": ""}
                    for name in (
                        "AzureADConnectHealthSyncMonitor",
                        "AzureADConnectHealthSyncInsights",
                        "AzureADConnectAgentUpdater",
                        "AzureADConnectAuthenticationAgent",
                    )
                ),
            ]
        },
    ),
    # -- reading
    Case(
        "read while a person turns staging mode on",
        [world("$World.staging = 'False'; $World.scheduler_staging = $false; $World.flips = 'True'"), READ],
        answer={"staging_scheduler": True, "staging_settings": "True"},
    ),
    Case(
        "read where the readings disagree for good",
        [world("$World.staging = 'True'; $World.scheduler_staging = $false"), READ],
        answer={"staging_scheduler": False, "staging_settings": "True"},
    ),
    Case(
        "read",
        [READ],
        answer={
            "module_present": True,
            "staging_scheduler": True,
            "staging_settings": "True",
            "tenant": "contoso.onmicrosoft.com",
            "busy_connectors": [],
            "record_read": True,
            "record_found": False,
            "claim": None,
            "hold": None,
            "engine_version": "2.5.2.0",
            "allowed_interval": "00:30:00",
            "customized_interval": "",
            "auto_upgrade": "Enabled",
            "password_writeback": False,
            "wizard_running": False,
        },
    ),
    Case(
        "read flag off",
        [world("$World.staging = 'False'; $World.scheduler_staging = $false"), READ],
        answer={"staging_scheduler": False, "staging_settings": "False"},
    ),
    Case("read readings differ", [world("$World.staging = 'False'"), READ], answer={"staging_scheduler": True, "staging_settings": "False"}),
    Case(
        "read key absent is unknown",
        [world("$World.staging = ''"), READ],
        answer={"staging_settings": None, "settings_read": True, "staging_scheduler": True},
    ),
    Case(
        "read service stopped",
        [world("$World.service = 'Stopped'"), READ],
        answer={
            "service_status": "Stopped",
            "scheduler_read": False,
            "staging_scheduler": None,
            "staging_settings": None,
            "sync_cycle_in_progress": None,
            "run_status_read": False,
            "exports_read": False,
            "engine_version": "2.5.2.0",
        },
    ),
    Case(
        "read non-terminating error",
        [world("$World.scheduler_error = 'There was an issue obtaining cloud sync intervals'"), READ],
        answer={
            "scheduler_read": False,
            "staging_scheduler": None,
            "scheduler_error": "There was an issue obtaining cloud sync intervals",
            "staging_settings": "True",
        },
    ),
    Case("read busy", [world("$World.busy = @('contoso.local')"), READ], answer={"busy_connectors": ["contoso.local"], "run_status_read": True}),
    Case(
        "read damaged record",
        [
            world(
                "$null = New-Item -ItemType Directory -Path (Get-RecordFolder); "
                "Set-Content -LiteralPath (Join-Path (Get-RecordFolder) 'record.json') -Value '{oops'"
            ),
            READ,
        ],
        answer={"record_read": False, "record_found": True},
    ),
    Case("run by xml", [world(RUN.format(profile="Nightly", xml=RUN_XML)), Call("Get-EntraSyncRun", {"Newest": 5})]),
    Case("run by name", [world(RUN.format(profile="Export", xml="")), READ]),
    Case("installer absent", [Call("Get-EntraSyncInstaller", {"Path": "nowhere.msi"})], answer={"exists": False}),
    # -- what a switch and an upgrade rest on
    Case(
        "prerequisites where the registry says nothing",
        [world("$World.credential = @{ ConnectorIdentityType = 'ServiceAccount' }"), PREREQUISITE],
        answer={
            "reboot_pending": False,
            "reboot_reasons": [],
            "net_release": None,
            "tls_client": "default",
            "strong_crypto": "default",
            "execution_policy": "",
            "transcription": False,
            "system_free_mb": 60000,
            "engine_config_changed": None,
            "sql_read": True,
            "sql_local": True,
            "sql_used_mb": 512,
            "identity_known": True,
            "identity_kind": "ServiceAccount",
            "entra_account": "Sync_SRV1_0123@contoso.onmicrosoft.com",
            "certificate_ends": "",
            "forests": ["contoso.local"],
            "domains": [{"connector": "contoso.local", "domain": "contoso.local", "reachable": True, "error": ""}],
            "unread": [],
        },
    ),
    Case(
        "prerequisites as an administrator has set them",
        [
            world(
                "$tls = 'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\SecurityProviders\\SCHANNEL\\Protocols\\TLS 1.2'; "
                "$policy = 'HKLM:\\SOFTWARE\\Policies\\Microsoft\\Windows\\PowerShell'; "
                '$World.registry_values = @{ "$tls\\Client|Enabled" = 1; "$tls\\Client|DisabledByDefault" = 0; "$tls\\Server|Enabled" = 0; '
                '"$policy|ExecutionPolicy" = \'AllSigned\'; "$policy\\Transcription|EnableTranscripting" = 1; '
                "'HKLM:\\SOFTWARE\\Microsoft\\.NETFramework\\v4.0.30319|SchUseStrongCrypto' = 1; "
                "'HKLM:\\SYSTEM\\CurrentControlSet\\Control\\Session Manager|PendingFileRenameOperations' = @('a', '') }; "
                "$World.registry_keys = @('HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update\\RebootRequired'); "
                "$World.credential = @{ ConnectorIdentityType = 'Application'; ApplicationId = 'app-1'; CertificateThumbprint = 'AB12' }"
            ),
            PREREQUISITE,
        ],
        answer={
            "reboot_pending": True,
            "reboot_reasons": ["Windows Update", "files to be renamed"],
            "tls_client": "on",
            "tls_server": "off",
            "strong_crypto": "on",
            "execution_policy": "AllSigned",
            "transcription": True,
            "identity_kind": "Application",
            "application_id": "app-1",
            "certificate": "AB12",
            "certificate_ends": "2027-01-02T03:04:05.000000Z",
        },
    ),
    Case(
        "prerequisites with a certificate that tells its end",
        [
            world("$World.credential = @{ ConnectorIdentityType = 'Application'; CertificateNotAfter = [DateTime]'2027-05-06T00:00:00Z' }"),
            PREREQUISITE,
        ],
        answer={"certificate": "", "certificate_ends": "2027-05-06T00:00:00.000000Z"},
    ),
    Case(
        "prerequisites of a stopped server",
        [world("$World.service = 'Stopped'"), PREREQUISITE],
        answer={
            "sql_read": False,
            "sql_local": None,
            "sql_used_mb": None,
            "identity_known": False,
            "forests": None,
            "domains": None,
            "reboot_pending": False,
        },
    ),
    Case(
        "prerequisites of which the cmdlets tell nothing",
        [world("$World.database = 'nothing'; $World.credential = 'nothing'; $World.domain_error = 'broken'"), PREREQUISITE],
        answer={
            "sql_read": False,
            "sql_error": "Get-ADSyncDatabaseConfiguration gave no answer",
            "identity_error": "Get-ADSyncEntraConnectorCredential gave no answer",
            "domains": None,
            "domains_error": "The operation failed.",
        },
    ),
    Case(
        "prerequisites that may not be read",
        [world("$World.registry_values = @{ breaks = 'SCHANNEL' }; $World.domain_error = \"no DC answers`nat x\""), PREREQUISITE],
        answer={
            "unread": ["tls: Access is denied."],
            "tls_client": "",
            "reboot_pending": False,
            "domains": [{"connector": "contoso.local", "domain": "contoso.local", "reachable": False, "error": "no DC answers"}],
        },
    ),
    # the last of them: the cases share one process, and the cmdlet is gone from here on
    Case(
        "prerequisites without the cmdlet for the identity",
        [world("Remove-Item -Path function:Get-ADSyncEntraConnectorCredential"), PREREQUISITE],
        answer={"identity_known": False, "identity_kind": "", "identity_error": "", "entra_account": "Sync_SRV1_0123@contoso.onmicrosoft.com"},
    ),
    # -- claims
    Case("claim with overrides", claim(False, Overrides="overridden: G6 (CHG-1)"), answer={"changed": True}),
    Case("claim taken", claim(False), answer={"changed": True, "token": "1.aaa"}, record={"claim": {"goal_verb": "", "member_names": []}}),
    Case(
        "claim with its verb and the members' names",
        [*claim(GoalVerb="rollback", MemberNames=["srv1", "srv2"]), READ],
        answer={"record_read": True},
        record={
            "claim": {"goal_verb": "rollback", "members": ["m1", "m2"], "member_names": ["srv1", "srv2"]},
            "goal": {"verb": "rollback", "members": ["m1", "m2"], "member_names": ["srv1", "srv2"]},
        },
    ),
    Case(
        "claim of an earlier version is completed",
        [*claim(False), world(OLDER), Call("Complete-EntraSyncClaim", TOKEN)],
        record={"goal": {"verb": "", "member_names": [], "active": "srv2"}},
    ),
    Case(
        "claim lost race", [*claim(False), Call("New-EntraSyncClaim", {**claim(False)[0].parameters, "RunId": "bbb"})], "EntraConnect.claim_changed"
    ),
    Case("claim live", [*claim(False), *claim(False, ExpectedEpoch=1, ExpectedRunId="aaa", Epoch=2)], "EntraConnect.claim_live"),
    Case("claim taken over", [*claim(False), *claim(False, ExpectedEpoch=1, ExpectedRunId="aaa", Epoch=2, TakeOver=True)], answer={"token": "2.aaa"}),
    Case(
        "claim ended is free",
        [*claim(), Call("Close-EntraSyncClaim", {**TOKEN, "Outcome": "done"}), *claim(False, ExpectedEpoch=1, ExpectedRunId="aaa", Epoch=2)],
        answer={"token": "2.aaa"},
        record={"goal": {"outcome": "done"}},
    ),
    Case(
        "claim lease over is free",
        [*claim(False, LeaseSeconds=-5), *claim(False, ExpectedEpoch=1, ExpectedRunId="aaa", Epoch=2)],
        answer={"token": "2.aaa"},
    ),
    Case(
        "claim epoch low",
        [*claim(False, Epoch=5), *claim(False, ExpectedEpoch=5, ExpectedRunId="aaa", Epoch=5, TakeOver=True)],
        "EntraConnect.epoch_low",
    ),
    Case("renew", [*claim(), Call("Update-EntraSyncLease", {**TOKEN, "LeaseSeconds": 300})], answer={"staging_settings": "True"}),
    Case("renew lost", [*claim(), Call("Update-EntraSyncLease", {**OTHER, "LeaseSeconds": 300})], "EntraConnect.claim_changed"),
    Case("close ended", [*claim(), Call("Close-EntraSyncClaim", TOKEN), Call("Close-EntraSyncClaim", TOKEN)], "EntraConnect.claim_ended"),
    Case("no claim", [Call("Enable-EntraSyncStaging", TOKEN)], "EntraConnect.claim_missing"),
    Case("no token", [*claim(), Call("Enable-EntraSyncStaging", {})], "EntraConnect.claim_missing"),
    Case("another token", [*claim(), Call("Enable-EntraSyncStaging", OTHER)], "EntraConnect.claim_changed"),
    Case(
        "no journal no change",
        [
            *claim(),
            world(
                "Remove-Item (Join-Path (Get-RecordFolder) 'journal.jsonl'); "
                "$null = New-Item -ItemType Directory (Join-Path (Get-RecordFolder) 'journal.jsonl')"
            ),
            Call("Enable-EntraSyncStaging", TOKEN),
        ],
        "EntraConnect.journal_failed",
        world={"settings_written": 0},
    ),
    Case("pending statistics", [Call("Get-EntraSyncPendingExport")], answer={"attributes": [], "samples": []}),
    Case(
        "pending stopped", [world("$World.service = 'Stopped'"), Call("Get-EntraSyncPendingExport", {"Detail": True})], "EntraConnect.service_stopped"
    ),
    Case("journal absent", [Call("Get-EntraSyncJournal")], answer={"found": False, "whole": True, "entries": []}),
    Case("journal newest", [*claim(), Call("Get-EntraSyncJournal", {"Newest": 1})], answer={"found": True, "whole": False, "cut": 0}),
    Case(
        "journal of a function, a line cut off",
        [
            *claim(),
            world("[IO.File]::AppendAllText((Join-Path (Get-RecordFolder) 'journal.jsonl'), '{\"at\": \"2026-11')"),
            Call("Get-EntraSyncJournal", {"Function": ["Complete-EntraSyncClaim"]}),
        ],
        answer={"found": True, "whole": True, "cut": 1},
    ),
    Case(
        "journal longer than what is read",
        [
            world(
                "$null = New-Item -ItemType Directory -Force (Get-RecordFolder); "
                "[IO.File]::WriteAllText((Join-Path (Get-RecordFolder) 'journal.jsonl'), ('x' * 4194304) + \"`n\")"
            ),
            *claim(),
            Call("Get-EntraSyncJournal"),
        ],
        answer={"found": True, "whole": False, "cut": 0},
    ),
    Case(
        "journal that cannot be opened",
        [
            world(
                "$null = New-Item -ItemType Directory -Force (Get-RecordFolder); "
                "$null = New-Item -ItemType Directory (Join-Path (Get-RecordFolder) 'journal.jsonl')"
            ),
            Call("Get-EntraSyncJournal"),
        ],
        "EntraConnect.journal_unread",
    ),
    # -- scheduler and cycles
    Case(
        "scheduler off",
        [Call("Set-EntraSyncScheduler", {"SyncCycleEnabled": False, "KeepFound": True})],
        answer={"changed": True},
        world={"enabled": False},
        record={"found": [{"name": "scheduler", "found": "True", "set": "False"}]},
    ),
    Case(
        "scheduler foreign claim",
        [*claim(), Call("Set-EntraSyncScheduler", {"SyncCycleEnabled": False})],
        "EntraConnect.claim_live",
        world={"enabled": True},
    ),
    Case("scheduler low interval", [Call("Set-EntraSyncScheduler", {"CustomizedSyncCycleInterval": "00:10:00"})], "EntraConnect.interval_low"),
    Case(
        "scheduler interval cleared",
        [
            Call("Set-EntraSyncScheduler", {"CustomizedSyncCycleInterval": "01:00:00"}),
            Call("Set-EntraSyncScheduler", {"CustomizedSyncCycleInterval": ""}),
        ],
        world={"customized": None},
    ),
    Case(
        "scheduler service stopped",
        [world("$World.service = 'Stopped'"), Call("Set-EntraSyncScheduler", {"SyncCycleEnabled": False})],
        "EntraConnect.service_stopped",
    ),
    Case(
        "found restored",
        [
            *claim(),
            Call("Set-EntraSyncScheduler", {**TOKEN, "SyncCycleEnabled": False, "KeepFound": True}),
            Call("Restore-EntraSyncFound", {**TOKEN, "Name": "scheduler"}),
        ],
        answer={"restored": True},
        world={"enabled": True},
        record={"found": []},
    ),
    Case(
        "found restored without a claim",
        [
            Call("Set-EntraSyncScheduler", {"SyncCycleEnabled": False, "KeepFound": True}),
            Call("Restore-EntraSyncFound", {"Name": "scheduler"}),
        ],
        answer={"restored": True},
        world={"enabled": True},
        record={"found": []},
    ),
    Case(
        "found of somebody else's claim",
        [
            *claim(),
            Call("Set-EntraSyncScheduler", {**TOKEN, "SyncCycleEnabled": False, "KeepFound": True}),
            Call("Restore-EntraSyncFound", {"Name": "scheduler"}),
        ],
        "EntraConnect.claim_live",
        world={"enabled": False},
    ),
    Case(
        "found kept twice is the first",
        [
            *claim(),
            Call("Set-EntraSyncAutoUpgrade", {**TOKEN, "State": "Disabled", "KeepFound": True}),
            Call("Set-EntraSyncAutoUpgrade", {**TOKEN, "State": "Disabled", "KeepFound": True}),
        ],
        answer={"changed": False},
        record={"found": [{"name": "auto_upgrade", "found": "Enabled", "set": "Disabled"}]},
    ),
    Case(
        "found changed by a person",
        [
            *claim(),
            Call("Set-EntraSyncAutoUpgrade", {**TOKEN, "State": "Disabled", "KeepFound": True}),
            world("$World.auto_upgrade = 'Suspended'"),
            Call("Restore-EntraSyncFound", {**TOKEN, "Name": "auto_upgrade"}),
        ],
        answer={"restored": False, "present": "Suspended"},
        world={"auto_upgrade": "Suspended"},
    ),
    Case("cycle accepted", [Call("Start-EntraSyncCycle", {"PolicyType": "Delta"})], answer={"accepted": True}, world={"in_progress": True}),
    Case(
        "cycle running",
        [
            world("$World.start_error = 'Sync is already running. Cannot start a new run till this one completes.'"),
            Call("Start-EntraSyncCycle", {"PolicyType": "Delta"}),
        ],
        "EntraConnect.cycle_running",
    ),
    Case(
        "cycle suspended",
        [
            world("$World.start_error = 'Scheduler is already suspended via global parameters.'"),
            Call("Start-EntraSyncCycle", {"PolicyType": "Delta"}),
        ],
        "EntraConnect.scheduler_suspended",
    ),
    Case(
        "cycle busy",
        [world("$World.start_error = 'Connector: contoso.local is busy.'"), Call("Start-EntraSyncCycle", {"PolicyType": "Delta"})],
        "EntraConnect.connector_busy",
    ),
    Case(
        "cycle sign-in",
        [
            world(
                "$World.start_error = 'Showing a modal dialog box or form when the application is not running in "
                "UserInteractive mode is not a valid operation.'"
            ),
            Call("Start-EntraSyncCycle", {"PolicyType": "Delta"}),
        ],
        "EntraConnect.sign_in_wanted",
    ),
    Case("cycle stopped", [world("$World.in_progress = $true"), Call("Stop-EntraSyncCycle", {})], world={"in_progress": False}),
    # -- staging
    Case(
        "demote",
        [*claim(), world("$World.staging = 'False'; $World.scheduler_staging = $false"), Call("Enable-EntraSyncStaging", TOKEN)],
        answer={"changed": True, "staging_scheduler": True, "staging_settings": "True"},
        world={"staging": "True"},
    ),
    Case("demote already", [*claim(), Call("Enable-EntraSyncStaging", TOKEN)], answer={"changed": False}, world={"settings_written": 0}),
    Case(
        "demote wants a credential",
        [*claim(), world("$World.staging = 'False'; $World.engine = '2.5.190.0'; $World.writeback = $true"), Call("Enable-EntraSyncStaging", TOKEN)],
        "EntraConnect.sign_in_wanted",
        world={"settings_written": 0},
    ),
    Case(
        "promote",
        [*claim(), *promote()],
        answer={"changed": True, "staging_settings": "False"},
        record={"promotion": {"method": "settings", "run_id": "aaa"}},
    ),
    Case("promote incomplete claim", [*claim(False), *promote()], "EntraConnect.claim_incomplete"),
    Case("promote active", [*claim(), world("$World.staging = 'False'; $World.scheduler_staging = $false"), *promote()], "EntraConnect.role_changed"),
    Case("promote readings differ", [*claim(), world("$World.scheduler_staging = $false"), *promote()], "EntraConnect.role_changed"),
    Case("promote old ticket", [*claim(), *promote(MaxAgeSeconds=-1)], "EntraConnect.ticket_old", world={"settings_written": 0}),
    Case(
        "promote after a restart",
        [*claim(), promote()[0], world("$World.boot = [DateTime]'2026-11-02T00:00:00Z'"), promote()[1]],
        "EntraConnect.ticket_boot",
    ),
    Case("promote foreign ticket", [*claim(), *promote(Ticket="x|1|1.bbb")], "EntraConnect.ticket_token"),
    Case("promote with a wizard", [*claim(), world("$World.wizard = $true"), *promote()], "EntraConnect.wizard_open"),
    Case("promote with unread processes", [*claim(), world("$World.wizard = $null"), *promote()], "EntraConnect.wizard_open"),
    Case("promote held", [*held(), *promote()], "EntraConnect.target_held"),
    Case(
        "promote with a hold begun",
        [*claim(), world("$World.wizard_at_stop = $true"), Call("Enter-EntraSyncQuarantine", TOKEN), world(PENDING), *promote()],
        "EntraConnect.target_pending",
    ),
    Case("promote in quarantine without a hold", [*claim(), RELEASE, *promote()], "EntraConnect.target_quarantined"),
    Case(
        "demote without the key",
        [*claim(), world("$World.staging = ''"), Call("Enable-EntraSyncStaging", TOKEN)],
        "EntraConnect.unknown_result",
    ),
    Case(
        "hold refused leaves a wrong hold as it was",
        [
            *claim(),
            world("$World.staging = 'False'; $World.scheduler_staging = $false"),
            Call("Enter-EntraSyncQuarantine", TOKEN),
            HOLD,
        ],
        "EntraConnect.staging_off",
        world={"service": "Stopped", "start_type": "Disabled"},
        record={"hold": {"state": "complete", "staging": "False"}, "found": [{"name": "start_type", "found": "Automatic", "set": "Disabled"}]},
    ),
    Case(
        "hold behind the block",
        [*held(), RELEASE, world("$World.scheduler_error = 'There was an issue obtaining cloud sync intervals'"), HOLD],
        answer={"changed": True, "state": "complete"},
        world={"service": "Stopped", "start_type": "Disabled", "blocked": True},
        record={"hold": {"state": "complete", "staging": "True"}},
    ),
    Case(
        "hold without the scheduler's reading and without a block",
        [*claim(), world("$World.scheduler_error = 'There was an issue obtaining cloud sync intervals'"), HOLD],
        "EntraConnect.staging_off",
        world={"service": "Running", "start_type": "Automatic"},
    ),
    Case(
        "release of a server that was disabled before",
        [*claim(), world("$World.start_type = 'Disabled'"), HOLD, RELEASE],
        "EntraConnect.unknown_result",
        world={"service": "Stopped", "blocked": True},
    ),
    Case(
        "override queued",
        [Call("Set-EntraSyncConnectorOverride", {"Connector": "contoso.local", "FullImport": True, "FullSync": False})],
        answer={"changed": True},
        world={"override": "0f0f0f0f-0000-0000-0000-000000000001 True False"},
    ),
    Case("override of no connector", [Call("Set-EntraSyncConnectorOverride", {"Connector": "none"})], "EntraConnect.connector_missing"),
    Case(
        "override foreign claim",
        [*claim(), Call("Set-EntraSyncConnectorOverride", {"Connector": "contoso.local", "FullSync": True})],
        "EntraConnect.claim_live",
    ),
    Case(
        "override service stopped",
        [world("$World.service = 'Stopped'"), Call("Set-EntraSyncConnectorOverride", {"Connector": "contoso.local", "FullSync": True})],
        "EntraConnect.service_stopped",
    ),
    Case("scheduler nothing given", [Call("Set-EntraSyncScheduler", {})], answer={"changed": True}),
    Case("promote in quarantine", [*held(), RELEASE, *promote()], "EntraConnect.target_held"),
    Case(
        "promote restored",
        [*claim(), Call("Set-EntraSyncSerial", {**TOKEN, "Serial": 1, "Restored": True}), *promote()],
        "EntraConnect.target_restored",
    ),
    Case("promotion registered", [*claim(), Call("Register-EntraSyncPromotion", TOKEN)], record={"promotion": {"method": "wizard"}}),
    Case(
        "serial",
        [*claim(), Call("Register-EntraSyncPromotion", TOKEN), Call("Set-EntraSyncSerial", {**TOKEN, "Serial": 4, "Restored": False})],
        record={"serial": 4, "promotion": None, "restored": False},
    ),
    # -- fences of servers that are declared out
    Case(
        "fence set",
        [*claim(), fence()],
        answer={"changed": True},
        record={"fences": [Has(server="srv9", kind="cloud", reason="dead", evidence="", identity="Sync_SRV9", exported="never", by="me@host")]},
    ),
    Case("fence set again", [*claim(), fence(), fence()], answer={"changed": False}),
    Case(
        "fence keeps its time with another reason",
        [*claim(), fence(), world(YESTERDAY), fence(Reason="burnt"), READ],
        answer={"fences": [Has(server="srv9", reason="burnt", since="2026-11-01T00:00:00.000000Z")]},
    ),
    Case(
        "fence of another kind counts anew",
        [*claim(), fence(), world(YESTERDAY), fence(Kind="asserted", Identity="", Exported=""), READ],
        answer={"fences": [Has(kind="asserted", age_seconds=Young())]},
    ),
    Case(
        "fence counts anew after an export",
        [*claim(), fence(), world(YESTERDAY), fence(Exported="2026-11-02 00:00:00 UTC"), READ],
        answer={"fences": [Has(exported="2026-11-02 00:00:00 UTC", age_seconds=Young())]},
    ),
    Case(
        "fence beside another",
        [*claim(), fence(), fence(Server="srv8", Kind="asserted"), fence(Evidence="ticket 4711")],
        record={"fences": [Has(server="srv8"), Has(server="srv9", evidence="ticket 4711")]},
    ),
    Case("fence of an unknown kind", [*claim(), fence(Kind="word")], "ParameterArgumentValidationError"),
    Case("fence without a claim", [fence()], "EntraConnect.claim_missing"),
    Case("fence read without a time", [world(NO_TIME), READ], answer={"fences": [Has(server="srv9", age_seconds=None)]}),
    Case("fence read from an old record", [*claim(), world(OLD_RECORD), READ], answer={"fences": [], "record_read": True}),
    Case("fence that is none", [world(NO_FENCE), READ], answer={"record_read": False, "fences": []}),
    Case(
        "fence cleared",
        [*claim(), fence(), Call("Clear-EntraSyncFence", {**TOKEN, "Server": "srv9"})],
        answer={"changed": True},
        record={"fences": []},
    ),
    Case(
        "fence cleared that is not there",
        [*claim(), fence(), Call("Clear-EntraSyncFence", {**TOKEN, "Server": "SRV9"})],
        answer={"changed": False},
        record={"fences": [Has(server="srv9")]},
    ),
    # -- hold, release, quarantine
    Case(
        "hold",
        held(),
        answer={"changed": True},
        world={"service": "Stopped", "start_type": "Disabled"},
        record={
            "hold": {"state": "complete", "staging": "True", "by": "1.aaa"},
            "found": [{"name": "start_type", "found": "Automatic", "set": "Disabled"}],
        },
    ),
    Case("hold read", [*held(), READ], answer={"service_status": "Stopped"}),
    Case("hold again", [*held(), HOLD], answer={"changed": False}),
    Case(
        "hold of an active server",
        [*claim(), world("$World.staging = 'False'; $World.scheduler_staging = $false"), HOLD],
        "EntraConnect.staging_off",
        world={"service": "Running", "start_type": "Automatic"},
        record={"hold": None, "found": []},
    ),
    Case(
        "hold with a wizard",
        [*claim(), world("$World.wizard = $true"), HOLD],
        "EntraConnect.wizard_open",
        world={"service": "Running", "start_type": "Automatic"},
    ),
    Case(
        "hold with a wizard opened meanwhile",
        [*claim(), world("$World.wizard_at_stop = $true"), HOLD],
        "EntraConnect.wizard_open",
        record={"hold": {"state": "pending"}},
    ),
    Case(
        "hold after a crash",
        [
            *held(),
            world(
                "$p = Join-Path (Get-RecordFolder) 'record.json'; "
                "$r = Get-Content $p -Raw; Set-Content $p ($r -replace '\"complete\",', '\"pending\",' -replace "
                '\'"state": "complete"\', \'"state": "pending"\')'
            ),
            HOLD,
        ],
        answer={"changed": True},
        record={"hold": {"state": "complete"}},
    ),
    Case(
        "release",
        [*held(), RELEASE, COMPLETE],
        answer={"released": True},
        world={"service": "Running", "start_type": "Automatic", "blocked": False},
        record={"hold": None, "quarantine": None, "found": []},
    ),
    Case("release begun", [*held(), RELEASE], answer={"effective": True}, world={"blocked": True, "rule": "Outbound Block Any True"}),
    Case(
        "release of a flag turned off",
        [*held(), world("$World.staging = 'False'; $World.scheduler_staging = $false"), RELEASE, COMPLETE],
        "EntraConnect.wrong_hold",
        world={"service": "Stopped", "start_type": "Disabled", "blocked": True},
        record={"hold": {"staging": "False"}},
    ),
    Case(
        "release while busy",
        [*held(), RELEASE, world("$World.busy = @('contoso.local')"), COMPLETE],
        "EntraConnect.not_quiet",
        world={"blocked": True},
    ),
    Case("release with a wizard", [*held(), RELEASE, world("$World.wizard = $true"), COMPLETE], "EntraConnect.wizard_open", world={"blocked": True}),
    Case(
        "release without a firewall",
        [*held(), world("$World.firewall = 'Stopped'"), RELEASE],
        answer={"effective": False},
        world={"service": "Running"},
    ),
    Case(
        "release of a broken hold without a firewall",
        [*held(), world("$World.firewall = 'Stopped'; $World.start_type = 'Automatic'"), RELEASE],
        "EntraConnect.quarantine_ineffective",
        world={"service": "Stopped"},
    ),
    Case(
        "release of a started hold without a firewall",
        [*held(), world("$World.profile = 'False'; $World.starts += , [DateTime]::UtcNow.AddSeconds(1)"), RELEASE],
        "EntraConnect.quarantine_ineffective",
    ),
    Case(
        "release without a log", [*held(), world("$World.log_fails = $true; $World.bypass = $true"), RELEASE], "EntraConnect.quarantine_ineffective"
    ),
    Case(
        "mend without a firewall",
        [*held(), world("$World.bypass = $true"), Call("Start-EntraSyncRelease", {**TOKEN, "Mend": True})],
        "EntraConnect.quarantine_ineffective",
    ),
    Case(
        "quarantine at once",
        [*claim(), world("$World.staging = 'False'; $World.scheduler_staging = $false"), Call("Enter-EntraSyncQuarantine", TOKEN)],
        world={"service": "Stopped", "start_type": "Disabled", "blocked": True},
        record={"hold": {"state": "complete", "staging": "False"}},
    ),
    # -- installer and result
    Case(
        "install without a file",
        [*claim(), Call("Install-EntraSyncWizard", {**TOKEN, "Path": "nowhere.msi", "Sha256": "00"})],
        "EntraConnect.installer_missing",
    ),
    Case(
        "install with another checksum",
        [
            *claim(),
            world("Set-Content -LiteralPath (Join-Path $env:ProgramData 'a.msi') -Value 'x'; Set-Location $env:ProgramData"),
            Call("Install-EntraSyncWizard", {**TOKEN, "Path": "a.msi", "Sha256": "00"}),
        ],
        "EntraConnect.checksum_wrong",
        world={"installed": ""},
    ),
    Case("install", [*claim(), MSI, INSTALL], answer={"exit_code": 0, "changed": True}),
    Case("install without a signature", [*claim(), MSI, world("$World.signature = 'NotSigned'; $World.signer = ''"), INSTALL], SIGNATURE, world=NONE),
    Case("install signed by another", [*claim(), MSI, world("$World.signer = 'Microsoft Corporation Ltd'"), INSTALL], SIGNATURE, world=NONE),
    Case("install changed after signing", [*claim(), MSI, world("$World.signature = 'HashMismatch'"), INSTALL], SIGNATURE, world=NONE),
    Case(
        "install another product",
        [*claim(), MSI, world("$World.product = 'Microsoft Entra Provisioning Agent'"), INSTALL],
        "EntraConnect.product_wrong",
        world=NONE,
    ),
    Case("install by name, signature unread", [*claim(), MSI, UNREAD, INSTALL], SIGNATURE, world=NONE),
    Case("install by name, product unread", [*claim(), MSI, world("$World.product = ''"), INSTALL], "EntraConnect.product_wrong", world=NONE),
    Case("install by path, signature unread", [*claim(), AT_PATH, UNREAD, BY_PATH], answer={"exit_code": 0}),
    Case("install by path, product unread", [*claim(), AT_PATH, world("$World.product = ''"), BY_PATH], answer={"exit_code": 0}),
    Case(
        "install by path, unsigned", [*claim(), AT_PATH, world("$World.signature = 'NotSigned'; $World.signer = ''"), BY_PATH], SIGNATURE, world=NONE
    ),
    Case(
        "installer told",
        [world("$World.product = 'Microsoft Azure AD Connect'"), write("a.msi"), Call("Get-EntraSyncInstaller", {"File": "a.msi"})],
        answer={
            "exists": True,
            "size": 4,
            "signature": "Valid",
            "signer": "Microsoft Corporation",
            "product": "Microsoft Azure AD Connect",
            "version": "2.6.92.0",
        },
    ),
    # -- settings as one zip in our folder
    Case("settings packed", [SETTINGS, Call("Get-EntraSyncFile", {"Name": ZIP})], answer={"exists": True}),
    Case("settings told", [SETTINGS], answer={"changed": False, "files": 2, "wizard_file": "", "wizard_written": "", "engine_version": "2.5.2.0"}),
    Case("settings twice under one name", [SETTINGS, SETTINGS], answer={"files": 2}),
    Case(
        "settings with the wizard's newest file",
        [world(WIZARD_FILES), SETTINGS],
        answer={"files": 3, "wizard_file": "Applied-SynchronizationPolicy-1.JSON", "wizard_written": "2026-11-02T00:00:00.000000Z"},
    ),
    Case("settings removed", [SETTINGS, Call("Get-EntraSyncConfiguration", {"Name": ZIP, "Remove": True})], answer={"removed": True}),
    Case("no settings to remove", [Call("Get-EntraSyncConfiguration", {"Name": ZIP, "Remove": True})], answer={"removed": False}),
    Case(
        "settings that a lost caller left",
        [SETTINGS, world(OLD_ZIP), OTHER_SETTINGS, Call("Get-EntraSyncFile", {"Name": ZIP})],
        answer={"exists": False},
    ),
    Case("settings under another name", [Call("Get-EntraSyncConfiguration", {"Name": "a.zip"})], "EntraConnect.bad_file_name"),
    Case("settings while the service is stopped", [world("$World.service = 'Stopped'"), SETTINGS], "EntraConnect.service_stopped"),
    Case(
        "settings of which nothing is written", [world("$World.configuration = @()"), SETTINGS], "EntraConnect.configuration_unread", "wrote no file"
    ),
    Case("settings without a folder", [world(NO_FOLDER), SETTINGS], "EntraConnect.configuration_unread", "the folder for it"),
    Case("settings that cannot be packed", [world(LOCKED), SETTINGS], "EntraConnect.configuration_unread", "another process"),
    Case("settings larger than what is packed", [world(LARGE), SETTINGS], "EntraConnect.configuration_unread", "more than"),
    Case("settings that cannot be deleted", [world(FOLDER_AT.format("Get-FileFolder", ZIP)), SETTINGS], "EntraConnect.file_write"),
    # -- files in our folder (more in test_files.py)
    Case("file written", [write("a.txt")], answer={"changed": True, "size": 4, "complete": True}),
    Case("file read", [write("a.txt"), Call("Read-EntraSyncFile", {"Name": "a.txt"})], answer={"data": "ZGF0YQ==", "size": 4, "end": True}),
    Case("file removed", [write("a.txt"), Call("Remove-EntraSyncFile", {"Name": "a.txt"})], answer={"changed": True}),
    Case("file there", [write("a.txt"), Call("Get-EntraSyncFile", {"Name": "a.txt"})], answer={"exists": True, "size": 4, "part_size": 0}),
    Case("file with a live claim of another", [*claim(), write("a.txt")], answer={"complete": True}),
    Case("file missing", [Call("Read-EntraSyncFile", {"Name": "a.txt"})], "EntraConnect.file_missing"),
    Case("file out of the folder", [Call("Get-EntraSyncFile", {"Name": "..\\x"})], "EntraConnect.bad_file_name"),
    Case("file at another offset", [write("a.txt", Offset=1, Size=5)], "EntraConnect.file_offset"),
    Case("file with odd data", [write("a.txt", Data="no base64!")], "EntraConnect.bad_chunk"),
    Case("file with another checksum", [write("a.txt", Sha256="0" * 64)], "EntraConnect.checksum_wrong"),
    Case("file without a folder", [world(NO_FOLDER), write("a.txt")], "EntraConnect.file_write"),
    Case("file at another offset, and no folder", [world(NO_FOLDER), write("a.txt", Offset=1, Size=5)], "EntraConnect.file_offset"),
    Case(
        "file in use",
        [write("a.txt"), world("$kept = [IO.File]::Open((Join-Path (Get-FileFolder) 'a.txt'), 'Open', 'ReadWrite', 'None')"), GET],
        "EntraConnect.file_unread",
    ),
    Case("result kept", [Call("Save-EntraSyncResult", {"RunId": "abc", "Text": "{}"})], answer={"changed": True}),
    # -- our own module, its functions' text sent along (more in test_module.py)
    Case("module, inline", [Call("Get-EntraSyncModule")], answer={"version": "", "sha256": "", "path": "", "installed": []}),
    Case("module, inline, in a read", [Call("Get-EntraSyncServer")], answer={"module_version": ""}),
    Case(
        "module without a manifest",
        [Call("Install-EntraSyncModule", {"Version": "1.0.0", "Sha256": "0" * 64, "Files": "{}"})],
        "EntraConnect.module_files",
    ),
    Case("module not there", [Call("Uninstall-EntraSyncModule")], answer={"changed": False, "left": []}),
    # -- each check alone (`make guards` takes it out)
    Case("claim on a damaged record", [world(DAMAGED), *claim(False)], "EntraConnect.record_unreadable"),
    Case("promote while a call waits", [*claim(), world(WAITING), *promote()], "EntraConnect.child_running"),
    Case(
        "promote with half a ticket",
        [*claim(), promote()[0], world('$ticket = "$(Get-BootId)|abc|1.aaa"'), promote()[1]],
        "EntraConnect.ticket_token",
    ),
    Case(
        "release with an unread flag", [*held(), RELEASE, world("$World.staging = ''"), COMPLETE], "EntraConnect.not_quiet", world={"blocked": True}
    ),
    Case("release in a cycle", [*held(), RELEASE, world("$World.in_progress = $true"), COMPLETE], "EntraConnect.not_quiet", world={"blocked": True}),
    Case(
        "release with password hashes going",
        [*held(), RELEASE, world("$World.hashing = [DateTime]::UtcNow.AddSeconds(5)"), COMPLETE],
        "EntraConnect.not_quiet",
        world={"blocked": True},
    ),
    Case(
        "release of a running server with password hashes going",
        [*claim(), world("$World.hashing = [DateTime]::UtcNow.AddSeconds(-5)"), RELEASE, RELEASE, COMPLETE],
        "EntraConnect.not_quiet",
        world={"blocked": True},
    ),
    Case(
        "release with password hashes from before", [*held(), world("$World.hashing = [DateTime]::UtcNow.AddSeconds(-5)"), RELEASE, RELEASE, COMPLETE]
    ),
    Case("service that does not stop", [world("$World.stuck = 6"), Call("Set-ServiceState", {"Status": "Stopped", "Seconds": 0})], UNKNOWN),
    Case("flag without its key", [world("$World.staging = ''"), Call("Set-StagingSetting", {"Value": "True"})], "EntraConnect.adsync_error"),
    Case(
        "automatic upgrade not read back",
        [*claim(), world("$World.auto_upgrade_breaks = $true"), Call("Set-EntraSyncAutoUpgrade", {**TOKEN, "State": "Disabled", "KeepFound": True})],
        UNKNOWN,
        "cannot be read back",
    ),
    Case(
        "cycle not accepted",
        [world("$World.start_answer = 'Busy'"), Call("Start-EntraSyncCycle", {"PolicyType": "Delta"})],
        "EntraConnect.adsync_error",
    ),
    Case(
        "installer in use", [MSI, world(IN_USE.format("a.msi")), Call("Get-EntraSyncInstaller", {"File": "a.msi"})], "EntraConnect.installer_missing"
    ),
    Case(
        "result not kept",
        [world(FOLDER_AT.format("Get-RecordFolder", "result-abc.json")), Call("Save-EntraSyncResult", {"RunId": "abc", "Text": "{}"})],
        "EntraConnect.journal_failed",
    ),
    Case("file that cannot get its name", [world(FOLDER_AT.format("Get-FileFolder", "a.txt")), write("a.txt")], "EntraConnect.file_write"),
    Case(
        "file in use, read",
        [write("a.txt"), world(IN_USE.format("a.txt")), Call("Read-EntraSyncFile", {"Name": "a.txt"})],
        "EntraConnect.file_unread",
    ),
    Case("chunk with an odd checksum", [write("a.txt", Sha256="xyz")], "EntraConnect.bad_chunk"),
    Case("chunk of too much text", [write("a.txt", Data="?" * 400000)], "EntraConnect.bad_chunk", "a chunk may have"),
    Case("chunk of too many bytes", [write("a.txt", Data="AAAA" * 87382, Size=262146)], "EntraConnect.bad_chunk"),
    Case("chunk out of its file", [write("a.txt", Size=3)], "EntraConnect.bad_chunk"),
    Case("chunk of nothing", [write("a.txt", Data="")], "EntraConnect.bad_chunk"),
    Case(
        "module of a list",
        [Call("Install-EntraSyncModule", {"Version": "1.0.0", "Sha256": "0" * 64, "Files": "[]"})],
        "EntraConnect.module_files",
        "no table",
    ),
    Case("endpoint of no kind", [world(WISH), Call("Invoke-Wish")], "EntraConnect.endpoint_values", "state, capability"),
    Case("folder not closed", [world("$World.unprotected = $true"), *claim(False)], "EntraConnect.journal_failed", "closed to others"),
]
