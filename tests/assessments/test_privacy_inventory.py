"""Each field that leads from a person is declared, with what it is for and how long it is kept,
what becomes of it with the account, whether it is exported, and what the log may hold of it.
"""

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models
from django.test.utils import isolate_apps

from assessments.models import Guest, Subscriber, User
from assessments.privacy import AUTHORS, EMPTIED, FIELDS, NEVER, RENAMED

PAGE = settings.BASE_DIR / "docs" / "privacy.md"
BEGIN = "## Every field"
COLUMNS = ("field", "for", "kept", "with the account", "in the export", "in the log")
HEAD = f"| {' | '.join(COLUMNS)} |\n{'|---' * len(COLUMNS)}|\n"
AUTHORS_HEAD = (
    "### Who made it\n\nOf a site's content, by this key alone; the content is nobody's.\n\n"
)
# No key leads from an account to these, but they are about people all the same.
BESIDES = (Guest, Subscriber, Session)
# The tables behind User.groups and User.user_permissions, which are declared as fields.
THROUGH = (User.groups.through, User.user_permissions.through)
USES = {(label, name): use for label in FIELDS for name, use in FIELDS[label].items()}
ALL_USES = USES | {(label, name): use for label in AUTHORS for name, use in AUTHORS[label].items()}


def keys_to(model):
    """Those of other tables, also where no name leads back ("+"), and of tables between two."""
    return [
        relation.field
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created and relation.is_relation and not relation.concrete
    ]


def reachable(*roots):
    """Tables that go with the person, and keys of others that are emptied."""
    found, emptied, todo = set(), set(), list(roots)
    while todo:
        model = todo.pop()
        if model in found or model in THROUGH:
            continue
        found.add(model)
        keys = [key for key in keys_to(model) if key.concrete and not key.many_to_many]
        goes = {key for key in keys if key.remote_field.on_delete is models.CASCADE}
        todo += [key.model for key in goes]
        emptied |= {key for key in keys if key not in goes}
    return found, {key for key in emptied if key.model not in found}


def fields(model):
    return {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}


def test_it_works():
    labels = {model._meta.label for model in reachable(User)[0]}
    assert {"assessments.Answer", "assessments.PlanItem", "account.EmailAddress"} <= labels


def made(name, **keys):
    own = type("Meta", (), {"app_label": "assessments"})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": own} | keys)


@isolate_apps("assessments")
def test_a_key_that_no_name_leads_back_from_is_found():
    """As an editor's name on what they made: `related_objects` leaves it out."""
    person = made("Person")
    diary = made("Diary", of=models.ForeignKey(person, models.CASCADE, related_name="+"))
    by = models.ForeignKey(person, models.SET_NULL, null=True, related_name="+")
    page = made("Page", by=by)
    club = made("Club", members=models.ManyToManyField(person, related_name="+"))
    tables, keys = reachable(person)
    assert tables == {person, diary, club.members.through}
    assert keys == {page._meta.get_field("by")}


def test_every_table_is_declared_and_no_other():
    tables, _keys = reachable(User, *BESIDES)
    assert {model._meta.label for model in tables} == set(FIELDS)


def test_every_key_to_who_made_something_is_declared_and_no_other():
    _tables, keys = reachable(User, *BESIDES)
    declared = {(label, name) for label in AUTHORS for name in AUTHORS[label]}
    assert {(key.model._meta.label, key.name) for key in keys} == declared


@pytest.mark.parametrize("label", FIELDS)
def test_every_field_is_declared_and_no_other(label):
    assert fields(apps.get_model(label)) == set(FIELDS[label])


def test_what_is_emptied_at_deletion_is_what_the_tables_say():
    tables, keys = reachable(User, *BESIDES)
    keys |= {
        key
        for model in tables
        for key in keys_to(model)
        if key.concrete and key.remote_field.on_delete is models.SET_NULL
    }
    emptied = {place for place, use in ALL_USES.items() if use.deletion == EMPTIED}
    assert {(key.model._meta.label, key.name) for key in keys} == emptied


def test_each_says_all_five_things():
    for place, use in ALL_USES.items():
        assert all([use.purpose, use.kept, use.deletion, use.logged]), place
        assert use.exported is (use.not_exported == ""), place


def test_the_log_knows_nothing_but_which_account_by_a_name_of_the_day():
    logged = {place for place, use in ALL_USES.items() if use.logged != NEVER}
    assert logged == {("assessments.User", "id")}
    assert ALL_USES["assessments.User", "id"].logged == RENAMED


def line(name, use):
    exported = "yes" if use.exported else f"no: {use.not_exported}"
    return f"| `{name}` | {use.purpose} | {use.kept} | {use.deletion} | {exported} | {use.logged} |"


def table(label):
    rows = "\n".join(line(name, use) for name, use in FIELDS[label].items())
    return f"### {label}\n\n{HEAD}{rows}\n"


def authors():
    rows = [
        line(f"{label}.{name}", use) for label in AUTHORS for name, use in AUTHORS[label].items()
    ]
    return AUTHORS_HEAD + HEAD + "\n".join(rows) + "\n"


@pytest.mark.parametrize("part", [*(table(label) for label in FIELDS), authors()])
def test_the_page_about_privacy_says_the_same(part):
    """`manage.py shell` and `write_page()` write the tables anew."""
    assert part in PAGE.read_text(encoding="utf-8")


def write_page():
    before = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
    parts = [*(table(label) for label in FIELDS), authors()]
    PAGE.write_text(before + BEGIN + "\n\n" + "\n".join(parts), encoding="utf-8")
