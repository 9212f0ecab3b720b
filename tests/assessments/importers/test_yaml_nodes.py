import time

import pytest

from assessments.importers.yaml_nodes import LARGEST_FILE, UnreadableFile, compose, is_https


def error_of(content):
    with pytest.raises(UnreadableFile) as refused:
        compose(content)
    (error,) = refused.value.errors
    return error.line, error.message


def test_it_works():
    assert compose("# a comment\nname: Grüße 🙂\n".encode()).value[0][1].value == "Grüße 🙂"


def test_a_byte_order_mark_does_no_harm():
    assert compose("\ufeffname: a\n".encode()).value[0][0].value == "name"


@pytest.mark.parametrize(
    ("content", "line", "words"),
    [
        (b"", 1, "empty"),
        (b"# only a comment\n", 1, "empty"),
        (b"a: " + b"x" * LARGEST_FILE, 1, "larger than 1 MiB"),
        (b"a: b\n" + "name: Größe\n".encode("latin-1"), 2, "UTF-8"),
        ("name: a\n".encode("utf-16"), 1, "UTF-8"),
        ("name: a\n".encode("utf-16-le"), 1, "control character"),
        (b"a: b\nc: d\x00e\n", 2, "control character"),
        (b"a: b\nc: d\x07e\n", 2, "control character"),
        (b"a: &x b\nc: *x\n", 1, "Write the text out"),
        (b"a: b\nc: *x\n", 2, "Write the text out"),
        (b"a: &x [1]\nb: &y [*x, *x, *x]\nc: [*y, *y, *y]\n", 1, "Write the text out"),
        (b"a: b\nc: !!python/object/apply:os.system [ls]\n", 2, "Remove the tag"),
        (b"!!python/object:os.system {a: b}\n", 1, "Remove the tag"),
        (b"a: !!binary aGk=\n", 1, "Remove the tag"),
        (b"a: ! b\n", 1, "Remove the tag"),
        (b"[" * 900_000, 1, "nested too deeply"),
        (b"- " * 400_000, 1, "nested too deeply"),
        (b"{a: " * 40, 1, "nested too deeply"),
        (b"[" + b"b," * 70_000 + b"]", 1, "too many parts"),
        (b"a:\n\t- b\n", 2, "not YAML"),
        (b"a: b\nc: [d\n", 3, "not YAML"),
        (b'a: "b\n', 2, "not YAML"),
        (b"a: b\n---\nc: d\n", 2, "not YAML"),
        (b'a: b\nc: "\\UFFFFFFFF"\n', 2, "no such character"),
        (b'a: "\\U00110000"\n', 1, "no such character"),
        (b"%YAML " + b"9" * 5000 + b".1\n---\na: b\n", 1, "no such character"),
    ],
    ids=lambda value: repr(value[:20]) if isinstance(value, bytes) else str(value),
)
def test_what_is_no_plain_yaml_is_refused_with_its_line(content, line, words):
    found, message = error_of(content)
    assert words in message
    assert found == line


@pytest.mark.parametrize("bomb", [b"[" * 1_000_000, b"- " * 500_000, b"? " * 500_000])
def test_a_deep_file_is_refused_at_once(bomb):
    start = time.monotonic()
    error_of(bomb)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org",
        "https://learn.example.org/a/b?c=d%20e&f=g#h",
        "https://example.org:8443/",
        "https://xn--bcher-kva.example/",
    ],
)
def test_an_address_that_is_one(address):
    assert is_https(address)


BAD_ADDRESSES = [
    "http://example.org/",
    "HTTPS://example.org/",
    "//example.org/",
    "/learn",
    "example.org",
    "ftp://example.org/",
    "javascript:alert(1)",
    "JavaScript://example.org/%0Aalert(1)",
    "data:text/html,x",
    "file:///etc/passwd",
    "mailto:a@example.org",
    "https:example.org",
    "https:/example.org",
    "https:///example.org",
    "https://",
    "https://localhost/",
    "https://127.0.0.1/",
    "https://2130706433/",
    "https://0x7f.0.0.1/",
    "https://[::1]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[broken/",
    "https://../",
    "https://.example.org/",
    "https://example..org/",
    "https://-example.org/",
    "https://example.org:port/",
    "https://example.org:99999/",
    "https://user:password@example.org/",
    "https://example.org@evil.example/",
    "https://example.org/a b",
    "https://example.org/\ta",
    "https://example.org/\\evil.example",
    'https://example.org/"onclick=',
    "https://example.org/<script>",
    "https://example.org/{{ a }}",
    "https://exämple.org/",
    "https://example.org/\u202e",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_that_is_none(address):
    assert not is_https(address)
