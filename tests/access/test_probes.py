"""What people who look for a way in ask first: it is not there."""

import pytest
from django.test import Client
from gunicorn.config import Config
from gunicorn.http.errors import ParseException
from gunicorn.http.parser import RequestParser

from tests.access.world import routes

pytestmark = pytest.mark.django_db
PATHS = """
/.env /.git/ /.git/config /.git/HEAD /.gitignore /.hg/ /.svn/entries /.ssh/id_rsa /.htpasswd
/Makefile /manage.py /pyproject.toml /requirements/run.txt /package.json /README.md
/careerpath/settings.py /db.sqlite3 /db.sqlite3-wal /erasures.txt /backup.sql
/__debug__/ /debug/ /console /server-status /metrics /health /actuator/env
/swagger.json /openapi.json /graphql /api/ /api/docs /phpinfo.php /wp-login.php
/static/ /static/careerpath/ /media/
/static/../manage.py /static/%2e%2e/manage.py /static/..%2f..%2fetc/passwd /admin/doc/
""".split()  # noqa: SIM905
HEAD = b"POST / HTTP/1.1\r\nHost: a\r\n"
CHUNKED = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
TWO_LENGTHS = [
    b"Content-Length: 5\r\nTransfer-Encoding: chunked",
    b"Transfer-Encoding: chunked\r\nContent-Length: 5",
    b"Transfer-Encoding: chunked\r\nContent-Length: 0",
    b"Content-Length: 5\r\nContent-Length: 6",
    b"Content-Length: 5, 6",
    b"Content-Length: +5",
    b"Content-Length: -5",
    b"Content-Length: 0x5",
    b"Content-Length: 5 5",
    b"Content-Length: five",
    b"Transfer-Encoding: chunked, identity",
    b"Transfer-Encoding: identity, chunked, identity",
    b"Transfer-Encoding: xchunked",
    b"Transfer-Encoding: chunked, chunked",
    b"Transfer-Encoding : chunked",
    b" Transfer-Encoding: chunked",
    b"Transfer-Encoding:\x0bchunked",
    b"Transfer_Encoding: chunked\r\nTransfer-Encoding: x",
    b"Content-Length : 5",
    b"Content-Length: 5\r\n 6",
]


@pytest.mark.parametrize("path", PATHS)
def test_it_is_not_there(path):
    response = Client().get(path)
    to_sign_in = response.status_code == 302 and path.startswith("/admin/")
    assert to_sign_in or response.status_code == 404


def test_nothing_answers_to_trace():
    client = Client()
    open_ones = [f"/{pattern}" for _name, pattern in routes() if "<" not in pattern]
    said = {client.trace(address).status_code for address in open_ones}
    assert said <= {302, 404, 405}


@pytest.mark.parametrize("lengths", TWO_LENGTHS)
def test_a_request_of_two_lengths_is_refused(lengths):
    """Whoever reads one and a proxy that reads the other would see two different requests."""
    sent = HEAD + lengths + b"\r\n\r\n" + CHUNKED
    with pytest.raises(ParseException):
        next(iter(RequestParser(Config(), iter([sent]), ("127.0.0.1", 1))))


def test_a_request_of_one_length_is_read():
    sent = HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    request = next(iter(RequestParser(Config(), iter([sent]), ("127.0.0.1", 1))))
    assert request.body.read() == b"hello"
