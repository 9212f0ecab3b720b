"""Each field that leads from a person is declared, with what it is for and how long it is kept."""

import pytest
from django.apps import apps
from django.conf import settings

from assessments.models import Guest, Subscriber, User
from assessments.privacy import FIELDS

PAGE = settings.BASE_DIR / "docs" / "privacy.md"
BEGIN = "## Every field"
# No key leads from an account to these, but they are about people all the same.
BESIDES = (Guest, Subscriber)
# The tables behind User.groups and User.user_permissions, which are declared as fields.
THROUGH = (User.groups.through, User.user_permissions.through)


def reachable(*roots):
    found, todo = set(), list(roots)
    while todo:
        model = todo.pop()
        if model in found or model in THROUGH:
            continue
        found.add(model)
        todo += [
            relation.related_model
            for relation in model._meta.related_objects
            if relation.one_to_many or relation.one_to_one
        ]
    return found


def fields(model):
    return {field.name for field in [*model._meta.concrete_fields, *model._meta.many_to_many]}


def test_it_works():
    labels = {model._meta.label for model in reachable(User)}
    assert {"assessments.Answer", "assessments.PlanItem", "account.EmailAddress"} <= labels


def test_every_table_is_declared_and_no_other():
    assert {model._meta.label for model in reachable(User, *BESIDES)} == set(FIELDS)


@pytest.mark.parametrize("label", FIELDS)
def test_every_field_is_declared_and_no_other(label):
    assert fields(apps.get_model(label)) == set(FIELDS[label])


def table(label):
    rows = [
        f"| `{name}` | {use.purpose} | {use.kept} | {'yes' if use.exported else 'no'} |"
        for name, use in FIELDS[label].items()
    ]
    head = "| field | for | kept | in the export |\n|---|---|---|---|\n"
    return f"### {label}\n\n{head}" + "\n".join(rows) + "\n"


@pytest.mark.parametrize("label", FIELDS)
def test_the_page_about_privacy_says_the_same(label):
    """`python -m tests.assessments.test_privacy_inventory` writes the tables anew."""
    assert table(label) in PAGE.read_text(encoding="utf-8")


def write_page():
    before = PAGE.read_text(encoding="utf-8").split(BEGIN)[0]
    text = before + BEGIN + "\n\n" + "\n".join(table(label) for label in FIELDS)
    PAGE.write_text(text, encoding="utf-8")


def test_each_says_what_it_is_for_and_how_long_it_is_kept():
    uses = [use for table in FIELDS.values() for use in table.values()]
    assert all(use.purpose and use.kept for use in uses)


if __name__ == "__main__":
    write_page()
