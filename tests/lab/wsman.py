# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""WS-Management envelopes: read requests, write responses and faults. No input or output of its own (psrp-lab.md 2.3)."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape, quoteattr

SHELL = "http://schemas.microsoft.com/wbem/wsman/1/windows/shell"
PSRP = "http://schemas.microsoft.com/powershell/"
NS = {
    "s": "http://www.w3.org/2003/05/soap-envelope",
    "a": "http://schemas.xmlsoap.org/ws/2004/08/addressing",
    "x": "http://schemas.xmlsoap.org/ws/2004/09/transfer",
    "w": "http://schemas.dmtf.org/wbem/wsman/1/wsman.xsd",
    "p": "http://schemas.microsoft.com/wbem/wsman/1/wsman.xsd",
    "rsp": SHELL,
    "pwsh": "http://schemas.microsoft.com/powershell",
}
_PREFIXES = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NS.items() if prefix != "pwsh")
_ANYBODY = "http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous"
_DURATION = re.compile(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?$")


class Fault(Exception):
    """A SOAP fault; code and texts are those that Windows gives."""

    def __init__(self, code: int, role: str, subcode: str, text: str) -> None:
        self.code, self.role, self.subcode, self.text = code, role, subcode, text
        super().__init__(f"{code}: {text}")


def operation_timeout() -> Fault:
    """No output within the request's own OperationTimeout; clients ask again."""
    text = "The WS-Management service cannot complete the operation within the time specified in OperationTimeout.  "
    return Fault(2150858793, "s:Receiver", "w:TimedOut", text)


def unknown_shell(shell: str) -> Fault:
    """The shell does not exist on this server, or no longer."""
    text = f"The request for the Windows Remote Shell with ShellId {shell} failed because the shell was not found on the server. "
    return Fault(2150858843, "s:Sender", "w:InvalidSelectors", text)


def unknown_command(command: str) -> Fault:
    """The shell has no such command."""
    return Fault(2150858763, "s:Sender", "w:InvalidParameter", f"The command ID {command} was not found on the server. ")


def not_found(resource: str) -> Fault:
    """There is no such endpoint."""
    text = (
        f"The WS-Management service cannot process the request. The resource URI ({resource}) was not found in the WS-Management catalog. "
        "The catalog contains the metadata that describes resources, or logical endpoints. "
    )
    return Fault(2150858752, "s:Sender", "a:DestinationUnreachable", text)


def not_supported(action: str) -> Fault:
    """An operation that this lab does not have."""
    return Fault(2150858769, "s:Sender", "a:ActionNotSupported", f"The action {action} is not supported by the service. ")


def internal(text: str) -> Fault:
    """Anything else that went wrong in the server."""
    return Fault(2150859012, "s:Receiver", "w:InternalError", text)


@dataclass(frozen=True)
class Request:
    """One request envelope."""

    action: str
    resource: str
    message_id: str
    to: str
    timeout: float
    max_envelope: int
    shell_id: str
    body: ElementTree.Element

    @property
    def verb(self) -> str:
        """Last word of the action: Create, Command, Send, Receive, Signal, Delete."""
        return self.action.rsplit("/", 1)[-1]

    @property
    def command_id(self) -> str:
        """CommandId of the pipeline that it belongs to; empty for the pool's."""
        named = (each.get("CommandId") for each in self.body.iter())
        return next((text.upper() for text in named if text), "")

    def element(self, path: str) -> ElementTree.Element:
        """An element of the body that must be there.

        Raises:
            Fault: it is not.
        """
        found = self.body.find(path, NS)
        if found is None:
            raise internal(f"the request has no {path}")
        return found


def parse(data: bytes) -> Request:
    """Read an envelope.

    Raises:
        ValueError: it is none.
    """
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from None
    head, body = root.find("s:Header", NS), root.find("s:Body", NS)
    if head is None or body is None:
        raise ValueError("no WSMan envelope")
    header = head

    def value(tag: str, default: str = "") -> str:
        return (header.findtext(tag, default, NS) or default).strip()

    selectors = {each.get("Name"): each.text or "" for each in head.iterfind("w:SelectorSet/w:Selector", NS)}
    return Request(
        value("a:Action"),
        value("w:ResourceURI"),
        value("a:MessageID"),
        value("a:To"),
        seconds(value("w:OperationTimeout")),
        int(value("w:MaxEnvelopeSize", "153600")),
        selectors.get("ShellId", "").upper(),
        body,
    )


def seconds(duration: str, default: float = 60.0) -> float:
    """An xs:duration in seconds."""
    found = _DURATION.match(duration)
    if not found:
        return default
    days, hours, minutes, rest = (float(part or 0) for part in found.groups())
    return days * 86400 + hours * 3600 + minutes * 60 + rest


def response(request: Request, body: str) -> bytes:
    """The answer to a request; RelatesTo must name it, or pypsrp refuses the answer."""
    return _envelope(f"{request.action}Response", request.message_id, body)


def created(request: Request, shell_id: str) -> str:
    """The body that answers a Create."""
    resource, to = escape(request.resource), escape(request.to)
    selector = f'<w:SelectorSet><w:Selector Name="ShellId">{shell_id}</w:Selector></w:SelectorSet>'
    return (
        f"<x:ResourceCreated><a:Address>{to}</a:Address><a:ReferenceParameters><w:ResourceURI>{resource}</w:ResourceURI>{selector}"
        f"</a:ReferenceParameters></x:ResourceCreated>"
        f"<rsp:Shell><rsp:ShellId>{shell_id}</rsp:ShellId><rsp:ResourceUri>{resource}</rsp:ResourceUri></rsp:Shell>"
    )


def fault(error: Fault, message_id: str, machine: str) -> bytes:
    """A fault as the answer to a request."""
    text = escape(error.text)
    detail = (
        f'<f:WSManFault xmlns:f="http://schemas.microsoft.com/wbem/wsman/1/wsmanfault" Code="{error.code}" '
        f"Machine={quoteattr(machine)}><f:Message>{text}</f:Message></f:WSManFault>"
    )
    body = (
        f"<s:Fault><s:Code><s:Value>{error.role}</s:Value><s:Subcode><s:Value>{error.subcode}</s:Value></s:Subcode></s:Code>"
        f'<s:Reason><s:Text xml:lang="en-US">{text}</s:Text></s:Reason><s:Detail>{detail}</s:Detail></s:Fault>'
    )
    return _envelope("http://schemas.dmtf.org/wbem/wsman/1/wsman/fault", message_id, body)


def _envelope(action: str, relates_to: str, body: str) -> bytes:
    return (
        f'<s:Envelope xml:lang="en-US" {_PREFIXES}><s:Header><a:Action>{action}</a:Action>'
        f"<a:MessageID>uuid:{str(uuid.uuid4()).upper()}</a:MessageID><a:To>{_ANYBODY}</a:To>"
        f"<a:RelatesTo>{escape(relates_to)}</a:RelatesTo></s:Header><s:Body>{body}</s:Body></s:Envelope>"
    ).encode()
