import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.domain.addresses import Refused, Why, allowed, redirected, target
from tests.hostile_addresses import RESOLVED, WRITTEN


def test_it_works():
    found = target("https://learn.example.org/a/b?c=d%20e#part")
    assert (found.host, found.path) == ("learn.example.org", "/a/b?c=d%20e")
    assert allowed("8.8.8.8")


@pytest.mark.parametrize("url", WRITTEN)
def test_a_hostile_address_is_refused(url):
    with pytest.raises(Refused):
        target(url)


@pytest.mark.parametrize("address", RESOLVED)
def test_a_computer_that_is_not_public_is_refused(address):
    assert not allowed(address)


@pytest.mark.parametrize(
    "address",
    [
        "1.1.1.1",
        "9.255.255.255",
        "100.63.255.255",
        "100.128.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.1",
        "198.17.255.255",
        "198.20.0.0",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001::200e",
        "64:ff9b::8.8.8.8",
    ],
)
def test_a_public_computer_is_allowed(address):
    assert allowed(address)


@given(st.ip_addresses())
def test_nothing_is_allowed_that_python_calls_private(ip):
    if allowed(str(ip)) and not str(ip).startswith("64:ff9b::"):
        assert ip.is_global
        assert not ip.is_multicast


@given(st.text())
def test_what_is_let_through_can_be_sent_as_it_is(text):
    try:
        found = target(f"https://example.org/{text}")
    except Refused:
        return
    assert found.url.isascii()
    assert not any(char <= " " for char in found.url)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://EXAMPLE.org:443", "example.org"),
        ("https://bücher.example.org/", "xn--bcher-kva.example.org"),
        ("https://xn--bcher-kva.example.org/", "xn--bcher-kva.example.org"),
        ("HTTPS://ｅxample.org/", "example.org"),
    ],
)
def test_hosts_are_written_in_one_way(url, host):
    assert target(url).host == host


def test_what_is_not_ascii_is_escaped():
    assert target("https://example.org/é?q=ü").path == "/%C3%A9?q=%C3%BC"


@pytest.mark.parametrize(
    ("location", "url"),
    [
        ("/b", "https://example.org/b"),
        ("b?c", "https://example.org/a/b?c"),
        ("//other.example.org/", "https://other.example.org/"),
        ("https://other.example.org", "https://other.example.org/"),
        ("?page=2", "https://example.org/a/?page=2"),
    ],
)
def test_where_a_redirect_leads(location, url):
    assert redirected(target("https://example.org/a/"), location).url == url


@pytest.mark.parametrize("url", [url for url in WRITTEN if "://" in url and len(url) > 8])
def test_a_redirect_is_judged_like_any_address(url):
    if url != url.strip():
        return
    with pytest.raises(Refused):
        redirected(target("https://example.org/"), url)


def test_the_reason_is_told():
    with pytest.raises(Refused) as refused:
        target("https://example.org:8443/")
    assert refused.value.why is Why.PORT
