"""The way to a database elsewhere, with the options of the sample in docs/deploy.

A listener on this computer plays PostgreSQL until TLS stands: the server of the tests has none.
"""

import json
import socket
import ssl
import struct
import threading
from contextlib import contextmanager

import psycopg
import pytest
from django.db.utils import ConnectionHandler

from tests.careerpath.test_settings import settings_say
from tests.certificates import certificate
from tests.deployed import SAMPLE, sample

HOST = "db.example.org"  # as the sample has it
TLS_REQUEST = struct.pack("!II", 8, 80877103)
PAST_TLS = b"SFATAL\0VFATAL\0C57P03\0MWe are past TLS.\0\0"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("database-tls")


@pytest.fixture(scope="module")
def ours(folder):
    return certificate(folder, HOST)


class Listener(threading.Thread):
    """Answers one visitor. `heard`: what they said after TLS stood, or without TLS."""

    def __init__(self, door, shown):
        super().__init__()
        self.door, self.shown, self.heard = door, shown, b""

    def run(self):
        try:
            visitor, _address = self.door.accept()
            with visitor:
                self.talk(visitor)
        except OSError:  # whom it is shown to may hang up
            return

    def talk(self, visitor):
        visitor.settimeout(20)
        assert visitor.recv(8) == TLS_REQUEST
        if self.shown is None:
            visitor.sendall(b"N")
            self.heard = visitor.recv(4096)
            return
        visitor.sendall(b"S")
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.shown)
        with context.wrap_socket(visitor, server_side=True) as connection:
            self.heard = connection.recv(4096)
            connection.sendall(b"E" + struct.pack("!I", len(PAST_TLS) + 4) + PAST_TLS)


@contextmanager
def listening(shown):
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(20)
        listener = Listener(door, shown)
        listener.start()
        try:
            yield listener
        finally:
            listener.join()


@pytest.fixture(scope="module")
def params():
    """What Django hands to psycopg, from the settings as the sample makes them."""
    environment = sample() | {"ERASURES_FILE": "", "SECRET_KEY": "tests-only-" * 6}
    said = settings_say("__import__('json').dumps(settings.DATABASES)", **environment)
    assert said.returncode == 0, said.stderr
    params = ConnectionHandler(json.loads(said.stdout))["default"].get_connection_params()
    assert params["host"] == HOST
    return params | {"hostaddr": "127.0.0.1", "passfile": "", "connect_timeout": 20}


@pytest.fixture
def told(params, ours):
    """Why there is no connection, and what the server heard of us."""

    def tell(shown, **changed):
        with listening(shown) as listener:
            port = listener.door.getsockname()[1]
            with pytest.raises(psycopg.OperationalError) as error:
                psycopg.connect(**params | {"port": port, "sslrootcert": str(ours)} | changed)
        return str(error.value), listener.heard

    return tell


def test_the_right_certificate_leads_past_tls(told, ours):
    why, heard = told(ours)
    assert "We are past TLS." in why
    assert b"careerpath_web" in heard


def test_a_certificate_that_nobody_we_know_vouches_for(told, folder):
    why, heard = told(certificate(folder, HOST))
    assert "certificate verify failed" in why
    assert not heard


def test_a_certificate_for_another_name(told, folder):
    other = certificate(folder, "other.example.org")
    why, heard = told(other, sslrootcert=str(other))
    assert "does not match host name" in why
    assert not heard


def test_a_server_without_tls(told):
    why, heard = told(None)
    assert "does not support SSL" in why
    assert not heard


def test_a_file_of_the_authority_that_is_not_there(told, ours, folder):
    why, heard = told(ours, sslrootcert=str(folder / "none.pem"))
    assert "does not exist" in why
    assert not heard


def test_less_than_the_sample_asks_for_would_be_found(told, folder):
    """With `require` any certificate will do, and the password would follow."""
    why, heard = told(certificate(folder, HOST), sslmode="require", sslrootcert="")
    assert "We are past TLS." in why
    assert heard


def test_the_sample_asks_for_all_of_it(params):
    assert params["sslmode"] == "verify-full"
    assert params["sslrootcert"].startswith("/etc/")
    assert "sslmode=verify-full" in SAMPLE.read_text(encoding="utf-8")
