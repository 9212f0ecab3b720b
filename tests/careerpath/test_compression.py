"""Pages travel compressed; downloads do not."""

import gzip
import re

import pytest

from tests.definitions import definition, requirement
from tests.published import submitted

TAKES_GZIP = {"headers": {"accept-encoding": "gzip, br"}}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def report(member):
    return f"/reports/{submitted(member, definition(requirement('python')), python=1).key}"


def test_a_page_is_compressed_for_who_takes_it(member_client, report):
    packed = member_client.get(f"{report}/", **TAKES_GZIP)
    plain = member_client.get(f"{report}/")
    assert packed["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain
    assert gzip.decompress(packed.content) == plain.content
    assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content) / 2


def test_a_cache_keeps_the_two_apart(client, db):
    assert "Accept-Encoding" in client.get("/")["Vary"]


@pytest.mark.parametrize("kind", [".csv", ".json", "/resume.json"])
def test_what_is_downloaded_stays_as_it_is(member_client, report, kind):
    response = member_client.get(f"{report}{kind}", **TAKES_GZIP)
    assert response.status_code == 200
    assert "Content-Encoding" not in response


def test_the_same_page_has_another_length_each_time(member_client, report):
    lengths = {len(member_client.get(f"{report}/", **TAKES_GZIP).content) for _time in range(12)}
    assert len(lengths) > 3


def test_the_secret_of_a_form_reads_otherwise_each_time(client, db):
    pages = [client.get("/accounts/login/", **TAKES_GZIP).content for _time in range(5)]
    assert len({TOKEN.search(gzip.decompress(page)).group(1) for page in pages}) == 5
