from hashlib import sha1

import pytest
from django.contrib.auth import get_user
from django.core.exceptions import ValidationError
from django.test import Client

from careerpath.passwords import NotBreached, NotCommon, is_listed
from tests.careerpath.test_accounts import sign_in, sign_up

REFUSED = [
    "1q2w3e4r5t6y",
    "trustno1!!!!!!",
    "password1234",
    "Football-2024!",
    "...dragon...dragon",
    "p@ssw0rdp@ssw0rd",
    "sunshine sunshine",
    "abcdefghijkl",
    "098765432109",
    "qwertyuiopasdf",
    "1qaz2wsx3edc4rfv",
    "xyz!xyz!xyz!",
    "aaaaaaaaaaaaaaaa",
    "CareerPath2026!",
    "machine-learning-engineer",
]
TAKEN = [
    "correct horse battery staple",
    "another horse, another staple",
    "zwölf Boxkämpfer jagen",
    "tV9$kw2!pLq8",
    "849302758391",
    "x" * 500 + "tV9$kw2!pLq8" * 40,
]


RULE = NotCommon()


def refuses(password):
    try:
        RULE.validate(password)
    except ValidationError as error:
        return error.code == "password_too_common"
    return False


@pytest.mark.parametrize("password", REFUSED)
def test_what_many_people_use_is_refused(password):
    assert refuses(password)


@pytest.mark.parametrize("password", TAKEN)
def test_what_few_would_think_of_is_taken(password):
    assert not refuses(password)


def test_many_thousand_of_the_length_that_ours_must_have_are_refused():
    known = sorted(one for one in RULE.passwords if 6 <= len(one) < 11 and one.isalpha())
    longer = {word + "20261234"[: max(1, 12 - len(word))] for word in known[::2]}
    assert len(longer) > 3_000
    assert [word for word in longer if not refuses(word)] == []


def digest_of(password):
    return sha1(password.encode(), usedforsecurity=False).hexdigest().upper()


def listed(path, passwords, end="\n", count=":3"):
    lines = sorted(digest_of(one) + count for one in passwords)
    path.write_text("".join(f"{one}{end}" for one in lines), newline="")
    return path


@pytest.mark.parametrize("number", [0, 1, 2, 3, 7, 500])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_of_a_file_of_breached_ones_is_found_and_no_other(tmp_path, number, end):
    known = [f"known {n}" for n in range(number)]
    path = listed(tmp_path / "list", known, end)
    assert all(is_listed(path, digest_of(one).encode()) for one in known)
    assert not any(is_listed(path, digest_of(f"other {n}").encode()) for n in range(200))


@pytest.mark.parametrize("count", ["", ":1", ":123456789"])
def test_its_lines_may_go_on_after_the_digits(tmp_path, count):
    path = listed(tmp_path / "list", ["tV9$kw2!pLq8", "another"], count=count)
    assert is_listed(path, digest_of("tV9$kw2!pLq8").encode())


def test_a_breached_password_is_refused_where_there_is_such_a_file(client, db, settings, tmp_path):
    settings.BREACHED_PASSWORDS = str(listed(tmp_path / "list", ["tV9$kw2!pLq8"]))
    form = {"email": "new@example.org", "password1": "tV9$kw2!pLq8"}
    page = client.post("/accounts/signup/", form).content.decode()
    assert "this one is known from a breach of another site" in page
    assert client.post("/accounts/signup/", form | {"password1": "tV9$kw2!pLq9"}).status_code == 302


def test_without_a_file_nothing_is_asked(settings):
    settings.BREACHED_PASSWORDS = ""
    NotBreached().validate("tV9$kw2!pLq8")


LONG = "".join(f"{number:x} zwölf " for number in range(200))[:1024]


@pytest.mark.parametrize("password", [LONG, LONG.replace(" ", "漢")])
def test_all_1024_characters_count(client, db, password):
    """None is cut off at the end, where nobody would notice."""
    assert len(password) == 1024
    assert sign_up(client, password=password).url == "/assessments/"
    for wrong in (password[:-1], password[1:], f"{password}x", password.swapcase()):
        sign_in(again := Client(), email="new@example.org", password=wrong)
        assert get_user(again).is_anonymous
    sign_in(again, email="new@example.org", password=password)
    assert get_user(again).email == "new@example.org"
