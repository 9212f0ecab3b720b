"""The samples in docs/deploy name what exists, and agree with each other and with the page."""

import configparser
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import django_tasks_db
import pytest
from csp.utils import build_policy
from django.conf import settings
from django.core.management import find_commands, get_commands
from django.test import Client

from assessments.importers import my_data, sheets
from careerpath.headers import FIXED
from tests.certificates import certificate
from tests.deployed import FOLDER, SAMPLE, sample
from tests.test_documents import SETTINGS

UNITS = sorted(FOLDER.glob("*.service")) + sorted(FOLDER.glob("*.timer"))
SERVICES = [one for one in UNITS if one.suffix == ".service"]
PAGE = (FOLDER.parent / "deploy.md").read_text(encoding="utf-8")
TABLE = dict(re.findall(r"^\| `(\w+)`[^|]*\| ([^|]+) \|", PAGE, re.MULTILINE))
ERRORS = sorted((FOLDER / "errors").glob("*.html"))
# The worker's are there where TASKS_BACKEND is database.
COMMANDS = {*get_commands(), *find_commands(Path(django_tasks_db.__file__).parent / "management")}
EVERY = {
    "every 5 minutes": r"\*:0/5",
    "every hour": r"\*:\d\d",
    "every day": r"\*-\*-\* \d\d:\d\d:\d\d",
    "every week": r"[A-Z][a-z]+ \*-\*-\* \d\d:\d\d:\d\d",
}
MEGABYTE = 1024 * 1024


def text(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def read(unit):
    parser = configparser.RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read(unit, encoding="utf-8")
    return parser


def by_the_clock():
    """The command of each timer, and when it runs."""
    return {
        one.stem.partition("@")[2]: read(one)["Timer"]["OnCalendar"]
        for one in UNITS
        if one.suffix == ".timer"
    }


def test_it_works():
    assert len(SERVICES) == 3
    assert len(TABLE) == 7
    assert [one.name for one in ERRORS] == ["later.html", "refused.html"]


# --- systemd ----------------------------------------------------------------------------------


@pytest.mark.parametrize("unit", SERVICES, ids=lambda one: one.name)
def test_a_service_runs_a_command_that_exists_as_a_user_of_its_own(unit):
    service = read(unit)["Service"]
    assert service["User"] == "careerpath"
    assert service["UMask"] == "0077"
    command = service["ExecStart"]
    if "manage.py" in command:
        asked = command.split("manage.py ")[1]
        assert (set(by_the_clock()) if asked == "%i" else {asked}) <= COMMANDS
    else:
        assert (settings.BASE_DIR / command.split("--config ")[1]).is_file()


def test_the_timers_are_those_of_the_table():
    assert {"purge_expired", "send_mail"} <= set(TABLE) <= COMMANDS
    assert set(by_the_clock()) == set(TABLE)


@pytest.mark.parametrize("command", TABLE)
def test_a_timer_runs_as_often_as_the_table_says(command):
    assert re.fullmatch(EVERY[TABLE[command].strip()], by_the_clock()[command])


@pytest.fixture
def units(tmp_path):
    """As they will lie, with programs that are there."""
    for one in UNITS:
        there = re.sub(r"/srv/careerpath/site/\S+", "/bin/true", one.read_text(encoding="utf-8"))
        (tmp_path / one.name).write_text(there, encoding="utf-8")
    return tmp_path


def complaints(folder):
    program = shutil.which("systemd-analyze")
    if program is None:
        pytest.skip("systemd-analyze is not installed")
    names = [f"./{one.name}" for one in UNITS if "@." not in one.name]
    command = [program, "verify", *names, "./careerpath-job@send_mail.service"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return [line for line in done.stderr.splitlines() if "careerpath" in line]


def test_systemd_understands_them(units):
    assert complaints(units) == []


def test_what_systemd_would_not_understand_is_found(units):
    unit = units / "careerpath-worker.service"
    unit.write_text(unit.read_text(encoding="utf-8").replace("MemoryMax", "MemoryMost"))
    assert "MemoryMost" in "".join(complaints(units))


# --- Environment, PostgreSQL ------------------------------------------------------------------


def test_every_setting_in_the_sample_exists():
    assert set(sample()) <= SETTINGS


def test_the_sample_holds_no_secret():
    assert sample()["SECRET_KEY"] == ""
    assert re.findall(r"://\w+:([^@/]*)@", SAMPLE.read_text(encoding="utf-8")) == [""]


def test_the_web_role_cannot_drop_a_table():
    grants = " ".join(re.findall(r"GRANT [^;]*careerpath_web;", text("postgresql.sql")))
    assert not re.search(r"\b(ALL|CREATE|TRUNCATE|TRIGGER|OWNER)\b", grants)


# --- nginx ------------------------------------------------------------------------------------


def test_the_proxy_believes_no_browser():
    conf = text("nginx.conf")
    assert "X-Forwarded-For $remote_addr;" in conf
    assert "$proxy_add_x_forwarded_for" not in conf
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in conf


def test_the_proxy_lets_the_largest_upload_through():
    [size] = re.findall(r"client_max_body_size (\d+)m;", text("nginx.conf"))
    largest = max(my_data.LARGEST_FILE, sheets.LARGEST_FILE, settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
    assert int(size) * MEGABYTE > largest + MEGABYTE // 2  # the rest of the form


def test_each_server_has_pages_for_what_it_answers_itself():
    servers = text("nginx.conf").split("\nserver {")[1:]
    assert len(servers) == 2
    assert all("include /etc/nginx/careerpath-errors.conf;" in one for one in servers)
    pages = dict(re.findall(r"^error_page ([\d ]+) /(\w+\.html);", text("nginx-errors.conf"), re.M))
    found = {int(code): page for codes, page in pages.items() for code in codes.split()}
    assert {found[code] for code in (500, 502, 503, 504)} == {"later.html"}
    assert {found[code] for code in (400, 413, 414, 494, 497)} == {"refused.html"}
    assert {*found.values()} == {one.name for one in ERRORS}


def headers_of_nginx(place="~ ^/(later|refused)"):
    block = text("nginx-errors.conf").partition(f"location {place}")[2].partition("\n}")[0]
    lines = re.findall(r'^\s*add_header (\S+) "([^"]*)"( always)?;$', block, re.M)
    assert block.count("add_header") == len(lines) > 0
    assert all(always for _name, _value, always in lines)
    return {name: value for name, value, _always in lines}


def directives(policy):
    return {tuple(one.split()) for one in policy.split("; ")}


def test_these_carry_the_headers_of_the_site():
    said = headers_of_nginx()
    assert {name: said[name] for name in FIXED} == FIXED
    assert directives(said["Content-Security-Policy"]) == directives(build_policy())
    assert said["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_no_header_of_a_page_is_missing():
    """Each that is about what the browser may do; HTTPS is off in tests."""
    about_the_page = {"Content-Type", "Content-Length", "Content-Language", "Vary", "X-Request-ID"}
    said = headers_of_nginx()
    answer = Client().get("/none/")
    page = {name: answer[name] for name in answer.headers if name not in about_the_page}
    policy = "Content-Security-Policy"
    assert directives(page.pop(policy)) == directives(said[policy])
    assert {name: said.get(name) for name in page} == page
    assert "Strict-Transport-Security" in said  # tests/test_deployed_settings.py: for how long


def test_their_style_comes_with_what_browsers_must_be_told():
    assert "location = /errors.css {" in text("nginx-errors.conf")
    assert (FOLDER / "errors" / "errors.css").is_file()
    said = headers_of_nginx("= /errors.css")
    of_pages = headers_of_nginx()
    assert said.pop("Cache-Control") == "max-age=3600"
    assert said == {name: of_pages[name] for name in said}
    assert {"Strict-Transport-Security", "X-Content-Type-Options"} <= {*said}


class Parts(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.leads = set(), []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.leads += [value for name, value in attributes if name in {"href", "src", "style"}]


@pytest.mark.parametrize("page", ERRORS, ids=lambda one: one.name)
def test_these_pages_need_nothing_but_their_style(page):
    parts = Parts(page.read_text(encoding="utf-8"))
    assert {"html", "title", "main", "h1", "p"} <= parts.tags
    assert not parts.tags & {"script", "style", "img"}
    assert parts.leads == ["/errors.css", "/"]


def test_nginx_understands_it(tmp_path):
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("nginx is not installed")
    for name in ("fullchain.pem", "key.pem"):
        shutil.copy(certificate(tmp_path, "careerpath.example.org"), tmp_path / name)
    shutil.copy(FOLDER / "nginx-errors.conf", tmp_path / "careerpath-errors.conf")
    conf = text("nginx.conf").replace("/etc/nginx/", f"{tmp_path}/")
    conf = conf.replace("/etc/ssl/careerpath/", f"{tmp_path}/")
    whole = tmp_path / "whole.conf"
    whole.write_text(f"pid {tmp_path}/pid;\nevents {{}}\nhttp {{\n{conf}\n}}\n", encoding="utf-8")
    command = [program, "-t", "-e", "stderr", "-c", str(whole)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
