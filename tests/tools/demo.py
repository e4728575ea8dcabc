# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later

"""``make demo``: the whole job with the real ``ansible-playbook`` on a simulated loopback fleet; writes the figure ``demo``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tests.lab.fleet import Fleet
from tests.lab.model.installer import Installer
from tests.lab.model.operator import Manner

from . import figures

FOLDER = Path("build/demo")
OLD, NEW = "2.5.79.0", "2.6.92.0"
MSI = r"C:\Install\AzureADConnect.msi"
LIMIT_SECONDS = 60.0
SHELL_NEW_LINE = " \\\n         "
COLLECTION = "hybrid_identity.entra_connect"
QUIETER = {
    "ANSIBLE_DISPLAY_SKIPPED_HOSTS": "0",
    "ANSIBLE_DISPLAY_OK_HOSTS": "0",
    "ANSIBLE_LOCALHOST_WARNING": "0",
    "ANSIBLE_CALLBACK_RESULT_FORMAT": "yaml",
    "ANSIBLE_RETRY_FILES_ENABLED": "0",
    "ANSIBLE_HOME": str(FOLDER.absolute() / "home"),
}
FUNCTIONS = {
    "python": "The collection's PowerShell functions are answered by twins in Python; ENGINE=pwsh runs them on a real PowerShell.",
    "pwsh": "Real too: PowerShell with its remoting, and the collection's PowerShell functions on it.",
}
INTRODUCTION = f"""
Two simulated servers on loopback: srv1 is active, srv2 in staging mode, both at {OLD}.
Real here: Ansible, its psrp connection, WSMan and PSRP over HTTP, this collection.
{{functions}}
Simulated: Entra Connect Sync, Active Directory, the tenant, and the operator at the wizard, who
is quick: the lab's clock runs {{speed:.0f}} times as fast as yours.
Shown are the tasks that change something; ANSIBLE_DISPLAY_OK_HOSTS=0 hides the others.
"""


def main() -> int:
    """Run it all; 1 when something did not end as it should."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    start = time.monotonic()
    speed = 120.0
    engine = os.environ.get("ENGINE") or "python"
    with Fleet({"srv1": OLD, "srv2": OLD}, speed=speed, operator=Manner(delay=60.0), engine=engine) as fleet:
        for server in fleet.world.servers.values():
            server.installers[MSI] = Installer(NEW)
        fleet.world.change_ad("updates", 3)
        write_inventory(fleet)
        print(INTRODUCTION.format(speed=speed, functions=FUNCTIONS[engine]))
        wanted = ["-e", f"entra_connect_version={NEW}", "-e", "entra_connect_operator_ready=true"]
        runs = [
            ("Who is active, is all well?", ["status"]),
            (f"What would an upgrade to {NEW} do? Nothing is changed.", ["swing_upgrade", *wanted, "--check", "--diff"]),
            ("The main job: upgrade both servers, without two that export and without a gap of hours.", ["swing_upgrade", *wanted]),
            ("The same command again: it declares an end state, so nothing is left to do.", ["swing_upgrade", *wanted]),
            ("And now?", ["status"]),
        ]
        outputs = []
        for number, (title, arguments) in enumerate(runs, 1):
            code, output = play(f"{number} of {len(runs)}. {title}", arguments)
            outputs.append(output)
            if code:
                print(f"\nthe demonstration stopped: exit code {code}")
                return 1
        verdict = fleet.diary()
        versions = {server.engine_version for server in fleet.world.servers.values()}
    seconds = time.monotonic() - start
    print("\n== Who exported when, by the model's own diary (seconds of the lab's clock)\n")
    print("\n".join(f"   {line}" for line in verdict["diary"]))
    print(f"   two servers at once: {'; '.join(verdict['overlaps']) or 'never'}\n")
    values = {"seconds": round(seconds, 1), "tasks": recap(outputs[2], "ok"), "changed_on_second_run": recap(outputs[3], "changed")}
    good = not verdict["overlaps"] and versions == {NEW} and values["changed_on_second_run"] == 0 and (seconds < LIMIT_SECONDS or engine == "pwsh")
    figures.write(
        "demo" if engine == "python" else f"demo_{engine}", values, good, "make demo" if engine == "python" else f"make demo ENGINE={engine}"
    )
    return 0 if good else 1


def write_inventory(fleet: Fleet) -> None:
    """The inventory of the demonstration: the MSI and its checksum stand in it, as they would in yours."""
    more = {
        "entra_connect_msi": MSI,
        "entra_connect_msi_sha256": Installer(NEW).sha256,
        "entra_connect_poll_interval": 0.5,
        "entra_connect_report_dir": str(FOLDER.absolute() / "reports"),
    }
    fleet.write_inventory(FOLDER / "inventory.yml", **more)


def play(title: str, arguments: list[str]) -> tuple[int, str]:
    """Run one playbook in front of the user; its exit code and output."""
    command = ["ansible-playbook", "-i", str(FOLDER / "inventory.yml"), f"{COLLECTION}.{arguments[0]}", *arguments[1:]]
    print(f"\n== {title}\n   $ {' '.join(command).replace(' -e ', SHELL_NEW_LINE + '-e ', 1)}\n", flush=True)
    environment = {**os.environ, **QUIETER, "COLUMNS": "100"}
    program = [str(Path(sys.executable).parent / command[0]), *command[1:]]
    lines = []
    with subprocess.Popen(program, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment) as process:
        for line in process.stdout or []:
            print(line, end="", flush=True)
            lines.append(line)
    return process.returncode, "".join(lines)


def recap(output: str, column: str) -> int:
    """The sum of a column of the recap."""
    return sum(int(each) for each in re.findall(rf"{column}=(\d+)", output))


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted; the lab has ended with it")
    except FileNotFoundError as error:  # the engine that was asked for
        sys.exit(str(error))
