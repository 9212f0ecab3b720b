"""The real connection, to a real server on this computer: only here may it go there."""

import socket
import ssl
import threading
from functools import partial

import pytest

from assessments import fetching
from assessments.fetching import Fetcher, connect
from tests.certificates import certificate as made_for

HOST = "learn.example.org"


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return made_for(tmp_path_factory.mktemp("tls"), HOST)


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
