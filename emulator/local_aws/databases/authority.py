"""The authority that signs the servers' certificates. Each emulator makes its own; it ends with the run folder."""
from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from local_aws.databases import programs
from local_aws.world.clock import CLOCK

LIFE = timedelta(days=365)


class Authority:
    """`certificate` is the file that clients verify servers by."""

    def __init__(self, certificate: Path) -> None:
        self.certificate = certificate
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = _named("local-aws databases")
        root = _builder(self._name, self._name, self._key).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        programs.write(certificate, _pem(root.sign(self._key, hashes.SHA256())), 0o644)

    def issue(self, folder: Path, names: list[str]) -> None:
        """Writes server.key and server.crt for DNS names into a folder."""
        key = ec.generate_private_key(ec.SECP256R1())
        # a common name holds 64 characters, fewer than an endpoint may have
        request = _builder(_named("local-aws database"), self._name, key).add_extension(
            x509.SubjectAlternativeName([x509.DNSName(name) for name in names]), critical=False)
        programs.write(folder / "server.key", key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()).decode())
        programs.write(folder / "server.crt", _pem(request.sign(self._key, hashes.SHA256())))


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _builder(subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
    now = CLOCK.now()
    return (x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key.public_key())
            .serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1)).not_valid_after(now + LIFE))


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(serialization.Encoding.PEM).decode()
