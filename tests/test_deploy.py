"""The samples in docs/deploy name what exists."""

import configparser
import re

import pytest
from django.conf import settings
from django.core.management import get_commands

from tests.test_documents import SETTINGS

FOLDER = settings.BASE_DIR / "docs" / "deploy"
UNITS = sorted(FOLDER.glob("*.service")) + sorted(FOLDER.glob("*.timer"))
PAGE = (FOLDER.parent / "deploy.md").read_text(encoding="utf-8")


def read(unit):
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(unit, encoding="utf-8")
    return parser


def test_it_works():
    assert len(UNITS) == 4


@pytest.mark.parametrize("unit", [one for one in UNITS if one.suffix == ".service"], ids=str)
def test_a_service_runs_a_command_that_exists_as_a_user_of_its_own(unit):
    service = read(unit)["Service"]
    assert service["User"] == "careerpath"
    assert service["UMask"] == "0077"
    command = service["ExecStart"]
    if "manage.py" in command:
        assert command.split("manage.py ")[1] in {*get_commands(), "db_worker", "%i"}
    else:
        assert (settings.BASE_DIR / command.split("--config ")[1]).is_file()


def test_every_setting_in_the_sample_exists():
    lines = (FOLDER / "careerpath.env").read_text(encoding="utf-8").splitlines()
    names = {line.partition("=")[0] for line in lines if line and not line.startswith("#")}
    assert names <= SETTINGS


def test_the_sample_holds_no_secret():
    text = (FOLDER / "careerpath.env").read_text(encoding="utf-8")
    assert re.search(r"^SECRET_KEY=$", text, re.MULTILINE)
    assert re.findall(r"://\w+:([^@/]*)@", text) == [""]


def test_the_commands_of_the_table_exist():
    table = re.findall(r"^\| `(\w+)`", PAGE, re.MULTILINE)
    assert set(table) <= set(get_commands())
    assert {"purge_expired", "send_mail"} <= set(table)


def test_the_proxy_believes_no_browser():
    conf = (FOLDER / "nginx.conf").read_text(encoding="utf-8")
    assert "X-Forwarded-For $remote_addr;" in conf
    assert "$proxy_add_x_forwarded_for" not in conf
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in conf


def test_the_web_role_cannot_drop_a_table():
    sql = (FOLDER / "postgresql.sql").read_text(encoding="utf-8")
    grants = " ".join(re.findall(r"GRANT [^;]*careerpath_web;", sql))
    assert not re.search(r"\b(ALL|CREATE|TRUNCATE|TRIGGER|OWNER)\b", grants)
