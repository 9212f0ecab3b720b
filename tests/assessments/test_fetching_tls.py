"""The real connection, to a real server on this computer: only here may it go there."""

import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from assessments import fetching
from assessments.fetching import Fetcher, connect

HOST = "learn.example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A file with a certificate for HOST and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "server.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def port(certificate):
    """Of a server that answers each request with 404."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(0.05)
    stop = threading.Event()

    def serve():
        while not stop.is_set():
            try:
                plain, _visitor = listener.accept()
            except TimeoutError:
                continue
            plain.settimeout(2)
            try:
                with context.wrap_socket(plain, server_side=True) as connection:
                    connection.recv(4096)
                    connection.sendall(b"HTTP/1.1 404 Not Found\r\n\r\nNo.")
            except OSError:
                plain.close()

    thread = threading.Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1]
    stop.set()
    thread.join()
    listener.close()


@pytest.fixture
def look(port, monkeypatch):
    """With the judgement of addresses switched off."""
    monkeypatch.setattr(fetching, "allowed", lambda address: True)
    fetcher = Fetcher(resolver=lambda host: ["127.0.0.1"], connector=partial(connect, port=port))
    return lambda url: fetcher.look(url).detail


def test_it_works(look, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert look(f"https://{HOST}/") == "http-404"


def test_nobody_vouches_for_the_certificate(look):
    assert look(f"https://{HOST}/") == "certificate"


def test_the_certificate_is_somebody_else_s(look, certificate, monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    assert look("https://other.example.org/") == "certificate"
