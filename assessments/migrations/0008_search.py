"""The search over published roles: entries, and beside them a full-text index.

What is published already is put into it here; afterwards `rebuild_search` keeps it in step.
"""

import json

import django.db.models.deletion
from django.db import OperationalError, migrations, models

from assessments.domain.words import index_text, key, words

TABLE = "assessments_searchtext"
COLUMNS = ("title", "titles", "skills", "in_demand", "technologies", "summary")
VECTOR = " || ".join(f"setweight(to_tsvector('simple', %s), '{weight}')" for weight in "ABCCDD")


def make_index(apps, schema_editor):
    """No extension is needed: "simple" is part of PostgreSQL, and FTS5 of nearly every SQLite."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(
            f"CREATE TABLE {TABLE} (role_id bigint PRIMARY KEY, document tsvector NOT NULL)"
        )
        schema_editor.execute(f"CREATE INDEX {TABLE}_words ON {TABLE} USING gin (document)")
        return
    columns = ", ".join(COLUMNS)
    try:
        schema_editor.execute(
            f"CREATE VIRTUAL TABLE {TABLE} USING fts5({columns}, tokenize='unicode61', "
            "prefix='2 3')"
        )
    except OperationalError:
        schema_editor.execute(f"CREATE TABLE {TABLE} (rowid INTEGER PRIMARY KEY, {columns})")


def drop_index(apps, schema_editor):
    schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}")


def enter_what_is_published(apps, schema_editor):
    alias = schema_editor.connection.alias
    newest = {}
    versions = apps.get_model("assessments", "RoleVersion").objects.using(alias)
    for version in versions.select_related("role").order_by("number"):
        newest[version.role_id] = version
    known = set()
    for version in newest.values():
        data = json.loads(version.content)
        asked = {slug for one in data["requirements"] for slug in one["skills"]}
        skills = "\n".join(one["name"] for one in data["skills"] if one["slug"] in asked)
        apps.get_model("assessments", "SearchEntry").objects.using(alias).create(
            role=version.role,
            title=data["title"],
            key=key(data["title"])[:200],
            summary=data["summary"],
            skills=skills,
            curated=version.role.origin == "",
            assessable=bool(data["requirements"]),
        )
        texts = (data["title"], "", skills, "", "", data["summary"])
        known.update(words("\n".join(texts)))
        row = [version.role_id, *map(index_text, texts)]
        if schema_editor.connection.vendor == "postgresql":
            statement = f"INSERT INTO {TABLE} (role_id, document) VALUES (%s, {VECTOR})"  # noqa: S608  names of our own
        else:
            marks = ", ".join(["%s"] * len(row))
            statement = f"INSERT INTO {TABLE} (rowid, {', '.join(COLUMNS)}) VALUES ({marks})"  # noqa: S608  names of our own
        with schema_editor.connection.cursor() as cursor:
            cursor.execute(statement, row)
    vocabulary = apps.get_model("assessments", "Vocabulary").objects.using(alias)
    vocabulary.create(pk=1, words="\n".join(sorted(known)))


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0007_guests"),
    ]

    operations = [
        migrations.CreateModel(
            name="Vocabulary",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.TextField(default="")),
            ],
        ),
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                (
                    "role",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_entry",
                        serialize=False,
                        to="assessments.role",
                    ),
                ),
                ("title", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=200)),
                ("summary", models.TextField()),
                ("titles", models.TextField(blank=True)),
                ("keys", models.TextField(blank=True)),
                ("skills", models.TextField(blank=True)),
                ("in_demand", models.TextField(blank=True)),
                ("technologies", models.TextField(blank=True)),
                ("curated", models.BooleanField()),
                ("assessable", models.BooleanField()),
                ("withdrawn", models.BooleanField(default=False)),
                (
                    "occupation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="assessments.occupation",
                    ),
                ),
            ],
            options={"ordering": ["title"]},
        ),
        migrations.RunPython(make_index, drop_index),
        migrations.RunPython(enter_what_is_published, migrations.RunPython.noop),
    ]
