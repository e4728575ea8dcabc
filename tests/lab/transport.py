# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""How clients reach the servers of a fleet: what they listen with, and the inventory variables that fit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .certificates import Certificates
from .host import LabHost
from .ntlm import NtlmLogin

TRANSPORTS = ("basic", "ntlm", "https")
# by connection plugin, what goes with each transport
VARIABLES: dict[str, dict[str, dict[str, Any]]] = {
    "psrp": {
        "basic": {"ansible_psrp_protocol": "http", "ansible_psrp_auth": "basic", "ansible_psrp_message_encryption": "never"},
        "ntlm": {"ansible_psrp_protocol": "http", "ansible_psrp_auth": "ntlm", "ansible_psrp_message_encryption": "always"},
        "https": {"ansible_psrp_protocol": "https", "ansible_psrp_auth": "negotiate"},
    },
    "winrm": {
        "basic": {"ansible_winrm_scheme": "http", "ansible_winrm_transport": "plaintext", "ansible_winrm_message_encryption": "never"},
        "ntlm": {"ansible_winrm_scheme": "http", "ansible_winrm_transport": "ntlm", "ansible_winrm_message_encryption": "always"},
        "https": {"ansible_winrm_scheme": "https", "ansible_winrm_transport": "ntlm"},
    },
}
CA_FILE = {"psrp": "ansible_psrp_ca_cert", "winrm": "ansible_winrm_ca_trust_path"}


class Transport:
    """One way to reach all servers of a fleet.

    ``basic``: plain HTTP, nothing sealed. ``ntlm``: plain HTTP with sealed messages. ``https``: TLS by the lab's authority, with a logon
    by Negotiate that is bound to the certificate.

    Args:
        kind: one of these three words.
        certificates: by server, the kind of its certificate; see `Certificates`.

    Raises:
        ValueError: there is no such transport.
    """

    def __init__(self, kind: str = "basic", certificates: Mapping[str, str] | None = None) -> None:
        if kind not in TRANSPORTS:
            raise ValueError(f"no such transport: {kind}; write one of {', '.join(TRANSPORTS)}")
        self.kind, self._kinds = kind, dict(certificates or {})
        self.certificates = Certificates() if kind == "https" else None

    def listen(self, host: LabHost, port: int = 0) -> int:
        """Let a host listen, 0 for any free port; returns the port."""
        if self.kind == "basic":
            return host.listen(port)
        if self.certificates is None:
            host.new_login = lambda: NtlmLogin(host.users)
            return host.listen(port)
        context, binding = self.certificates.server(self._kinds.get(host.name, "right"))
        host.new_login = lambda: NtlmLogin(host.users, binding)
        return host.listen(port, context)

    def variables(self, connection: str = "psrp") -> dict[str, Any]:
        """Inventory variables with which a connection plugin comes this way."""
        found = dict(VARIABLES[connection][self.kind])
        if self.certificates is not None:
            found[CA_FILE[connection]] = str(self.certificates.ca_file)
        return found

    def close(self) -> None:
        """Remove the certificates."""
        if self.certificates is not None:
            self.certificates.close()
