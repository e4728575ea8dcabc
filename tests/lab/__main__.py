# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Start a loopback fleet for people: ``python -m tests.lab --help``. Everything behind the protocol is simulated."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from pathlib import Path

from .fleet import Fleet
from .model.installer import Installer
from .model.operator import Manner
from .model.server import profiles
from .transport import TRANSPORTS


def main() -> int:
    """Run until interrupted; write the inventory first, so that a caller can wait for it."""
    parser = argparse.ArgumentParser(prog="python -m tests.lab", description="A loopback fleet of simulated Entra Connect servers.")
    parser.add_argument("--inventory", type=Path, default=Path("inventory.yml"), help="write the inventory to this file (default: %(default)s)")
    parser.add_argument("--server", action="append", metavar="NAME=PROFILE", help=f"profiles: {', '.join(profiles())}; the first server is active")
    parser.add_argument("--speed", type=float, default=60.0, help="lab seconds per real second (default: %(default)s)")
    parser.add_argument("--msi", default="", metavar="VERSION", help="put an MSI of this version on every server, as C:\\Install\\AzureADConnect.msi")
    parser.add_argument(
        "--engine", choices=["python", "pwsh"], default="python", help="pwsh runs our functions on a real PowerShell (default: python)"
    )
    parser.add_argument(
        "--transport", choices=TRANSPORTS, default="basic", help="how Ansible connects; ntlm seals its messages, https has an own CA (default: basic)"
    )
    parser.add_argument(
        "--connection", choices=["psrp", "winrm"], default="psrp", help="what the inventory says; winrm with --engine pwsh (default: psrp)"
    )
    parser.add_argument("--operator-delay", type=float, default=20.0, help="lab seconds that the simulated person takes (default: %(default)s)")
    parser.add_argument("--absent", action="store_true", help="the simulated person does not come")
    given = parser.parse_args()
    if given.connection == "winrm" and given.engine != "pwsh":
        parser.error("--connection winrm starts processes: write --engine pwsh too")
    servers = dict(each.split("=", 1) for each in given.server) if given.server else None
    manner = Manner(delay=given.operator_delay, present=not given.absent)
    with Fleet(servers, given.speed, manner, engine=given.engine, transport=given.transport, connection=given.connection) as fleet:
        more = {}
        if given.msi:
            for server in fleet.world.servers.values():
                server.installers["C:\\Install\\AzureADConnect.msi"] = Installer(given.msi)
            more = {"entra_connect_msi": "C:\\Install\\AzureADConnect.msi", "entra_connect_msi_sha256": Installer(given.msi).sha256}
        fleet.write_inventory(given.inventory, **more)
        print(f"inventory {given.inventory}", flush=True)
        print(f"servers on loopback: {', '.join(f'{name} port {port}' for name, port in fleet.ports.items())}", flush=True)
        ended = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_args: ended.set())
        ended.wait()
        verdict = fleet.diary()
    print("\n".join(verdict["diary"]))
    print(f"exported at the same time: {'; '.join(verdict['overlaps']) or 'never'}")
    return 1 if verdict["overlaps"] else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except FileNotFoundError as error:  # the engine that was asked for
        sys.exit(str(error))
