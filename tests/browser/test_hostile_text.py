"""Markup and worse, planted straight in the database: every page shows it as text.

Each page is opened with harmless words and with hostile ones, and must hold the same elements with
the same attributes. The fixtures fail a test for anything in the console, our security policy's
reports among them, and for every request to another host.
"""

from itertools import cycle
from pathlib import Path

import pytest
from allauth.account.models import EmailAddress
from django.contrib.staticfiles import finders
from django.db import connection

from assessments.actions import assessment as actions
from assessments.models import Resource, ResourceLink, Skill, User
from careerpath.editing_files import picture
from tests.browser.planted import (
    Words,
    a_definition,
    account_pages,
    editor_pages,
    keep,
    member_pages,
    plant,
    report_pages,
)
from tests.conftest import PASSWORD
from tests.factories import ResourceFactory, ResourceLinkFactory, SkillFactory
from tests.hostile_links import BAD_LINKS
from tests.hostile_markup import MARKUP
from tests.hostile_text import TEXTS
from tests.published import answer, publish

# What a database can hold: no halves of pairs, and PostgreSQL no NUL.
STORED = [
    text
    for text in [*MARKUP, *TEXTS[::9]]
    if text.strip() and "\x00" not in text and text.isprintable() | (text in MARKUP)
]
ADDRESS = '"<img/src=x/onerror=alert(1)>"@example.org'
SHAPE = """
() => [...new Set([...document.querySelectorAll('*')].flatMap(one => [
  one.localName, ...[...one.attributes].map(attribute => `${one.localName} ${attribute.name}`)
]))]
"""
ODD_LINKS = """
() => [...document.querySelectorAll('*')].flatMap(
  one => ['href', 'src', 'action', 'formaction', 'data', 'srcdoc', 'xlink:href']
    .filter(name => one.hasAttribute(name)).map(name => one.getAttribute(name))
).filter(address => !['http:', 'https:'].includes(new URL(address, document.baseURI).protocol))
"""
# Django's own symbols in the editing area, as the page has them itself.
SYMBOLS = Path(finders.find("admin/img")).glob("*.svg")
OURS = {picture(f"admin/img/{one.name}") for one in SYMBOLS} - {""} | {picture("favicon.svg")}


@pytest.fixture
def boss(db):
    return User.objects.create_superuser("boss@example.org", PASSWORD)


@pytest.fixture
def dialogs(page):
    found = []
    page.on("dialog", lambda dialog: (found.append(dialog.message), dialog.dismiss()))
    return found


def test_hostile_texts_add_no_element_and_run_nothing(page, enter, dialogs, boss, member, stranger):
    plant("first", Words(["I begin"]), boss)  # from two rows on, lists offer filters
    calm = shapes(page, enter, boss, member, "calm", Words(["I plan my work"]))
    User.objects.filter(pk=stranger.pk).update(email=ADDRESS)
    EmailAddress.objects.filter(user=stranger).update(email=ADDRESS)
    words = Words(STORED)
    wild = shapes(page, enter, boss, User.objects.get(email=ADDRESS), "wild", words)
    assert words.used >= set(range(len(STORED)))
    added = {(number, one) for number, shape in wild.items() for one in shape - calm[number]}
    assert added == set()
    assert dialogs == []


def shapes(page, enter, boss, member, name, words):
    mine = plant(name, words, member)
    enter(member)
    found = [*seen(page, member_pages(name, mine)), *seen(page, account_pages())]
    actions.submit(assessment=mine)
    found += seen(page, report_pages(mine, keep(mine, words)))
    enter(boss)
    found += seen(page, editor_pages(member))
    found += preview_and_put_back(page)
    return dict(enumerate(found))


def preview_and_put_back(page):
    """Two pages that are reached by a press."""
    page.goto(f"/admin/assessments/skill/{Skill.objects.order_by('pk').last().pk}/change/")
    with page.expect_popup() as opened:
        page.get_by_role("button", name="Preview as members will see it").click()
    opened.value.wait_for_load_state()
    yield set(opened.value.evaluate(SHAPE))
    opened.value.close()
    page.goto("/admin/assessments/changes/")
    yield from seen(page, [page.get_by_role("link", name="Put back").first.get_attribute("href")])


def seen(page, addresses):
    for address in addresses:
        response = page.goto(address)
        assert response.status == 200, address
        assert set(page.evaluate(ODD_LINKS)) <= OURS, address
        yield set(page.evaluate(SHAPE))


def test_bad_links_lead_nowhere(page, enter, dialogs, member):
    """In a published version, and in rows whose checks are switched off."""
    links = [address for address in BAD_LINKS if "\x00" not in address]
    supply = cycle(links)
    shown = a_definition("role", Words(["I plan"]), lambda: next(supply), facts=len(links))
    version = publish(shown)
    skill = SkillFactory(slug=shown.skills[0].slug)
    rows = [ResourceLinkFactory(resource=ResourceFactory(), skill=skill) for _link in links]
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA ignore_check_constraints = ON")
        for row, address in zip(rows, links, strict=True):
            ResourceLink.objects.filter(pk=row.pk).update(url=address)
            Resource.objects.filter(pk=row.resource_id).update(url=address)
        cursor.execute("PRAGMA ignore_check_constraints = OFF")
    page.goto("/roles/role/")
    assert page.locator(".fact").count() == len(links)
    assert page.locator(".fact a, .resource-list a").count() == 0
    enter(member)
    mine = actions.start(by=member, version=version)
    answer(mine, **{one.slug: 0 for one in shown.skills})
    actions.submit(assessment=mine)
    page.goto(f"/reports/{mine.key}/")
    assert page.evaluate(ODD_LINKS) == []
    assert page.locator("main a[rel~=nofollow]").count() == 0
    assert dialogs == []


def test_the_check_would_see_it(page, dialogs, complaints, member):
    """As if a template had forgotten to escape."""
    plant("calm", Words(["I plan"]), member)
    (before,) = seen(page, ["/roles/calm/"])
    page.evaluate("text => document.querySelector('main').innerHTML += text", MARKUP[1])
    page.wait_for_timeout(200)
    assert {"img", "img onerror"} <= set(page.evaluate(SHAPE)) - before
    assert any("Content Security Policy" in one for one in complaints)
    complaints.clear()
    assert dialogs == []
