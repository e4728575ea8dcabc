# SPDX-FileCopyrightText: 2026 The hybrid_identity.entra_connect contributors
# SPDX-License-Identifier: GPL-3.0-or-later
"""A certificate authority for the lab, made anew each time; its keys never leave a private temporary folder."""

from __future__ import annotations

import datetime
import ipaddress
import ssl
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID

KINDS = ("right", "foreign", "expired", "other_name")
_DAY = datetime.timedelta(days=1)


class Authority:
    """A certificate authority.

    Args:
        name: its common name.

    Attributes:
        pem: its own certificate.
    """

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
        self._identifier = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        signs = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = _builder(self._name, self._name, self._key.public_key(), days=(-3, 3))
        builder = builder.add_extension(x509.BasicConstraints(True, 0), True).add_extension(signs, True).add_extension(self._identifier, False)
        self.pem = builder.sign(self._key, hashes.SHA256()).public_bytes(Encoding.PEM)

    def issue(self, names: list[x509.GeneralName], days: tuple[int, int]) -> tuple[x509.Certificate, bytes]:
        """A server's certificate, and it and its key as one PEM text. ``days``: from when to when it is valid, counted from now."""
        key = ec.generate_private_key(ec.SECP256R1())
        owner = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "lab server")])
        made = (
            _builder(owner, self._name, key.public_key(), days)
            .add_extension(x509.SubjectAlternativeName(names), False)
            .add_extension(x509.BasicConstraints(False, None), True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(self._identifier), False)
            .sign(self._key, hashes.SHA256())
        )
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return made, made.public_bytes(Encoding.PEM) + private


def _builder(owner: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: tuple[int, int]) -> x509.CertificateBuilder:
    now = datetime.datetime.now(datetime.timezone.utc)
    return x509.CertificateBuilder(issuer, owner, key, x509.random_serial_number(), now + days[0] * _DAY, now + days[1] * _DAY)


class Certificates:
    """The lab's authority with server certificates of four kinds; `close` takes them away.

    ``right``: by this authority, for 127.0.0.1 and localhost. ``foreign``: by another one. ``expired``: since yesterday.
    ``other_name``: for another host.

    Attributes:
        ca_file: what a client must trust.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="lab-certificates-")
        self._authority = Authority("lab authority")
        self.ca_file = Path(self._folder.name, "ca.pem")
        self.ca_file.write_bytes(self._authority.pem)

    def server(self, kind: str = "right") -> tuple[ssl.SSLContext, bytes]:
        """A server's side of TLS with a new certificate, and that certificate's hash, to which a logon is bound (RFC 5929 section 4.1).

        Raises:
            ValueError: there is no such kind.
        """
        if kind not in KINDS:
            raise ValueError(f"no such kind of certificate: {kind}; write one of {', '.join(KINDS)}")
        loopback: list[x509.GeneralName] = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
        issuer = Authority("another authority") if kind == "foreign" else self._authority
        names: list[x509.GeneralName] = [x509.DNSName("elsewhere.example")] if kind == "other_name" else loopback
        made, pem = issuer.issue(names, (-2, -1) if kind == "expired" else (-1, 2))
        path = Path(self._folder.name, f"{made.serial_number:x}.pem")
        path.write_bytes(pem)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        path.unlink()  # loaded, so the key need not lie about
        return context, made.fingerprint(hashes.SHA256())

    def close(self) -> None:
        """Remove the folder."""
        self._folder.cleanup()

    def __enter__(self) -> Certificates:
        return self

    def __exit__(self, *_why: object) -> None:
        self.close()
