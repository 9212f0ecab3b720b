"""What was found by reading all rows: versions by a short name in them, mail by its recipient."""

import re

import django.db.models.deletion
from django.db import migrations, models
from django.db.models.functions import Lower

SLUG = re.compile(r'"slug":"([^"]+)"')
AT_ONCE = 2_000


def enter_what_is_published(apps, schema_editor):
    versions = apps.get_model("assessments", "RoleVersion").objects.order_by("pk")
    names = apps.get_model("assessments", "PublishedName").objects
    rows = []
    for pk, content in versions.values_list("pk", "content").iterator(chunk_size=100):
        rows += [names.model(version_id=pk, slug=one) for one in set(SLUG.findall(content))]
        if len(rows) >= AT_ONCE:
            names.bulk_create(rows, batch_size=AT_ONCE)
            rows = []
    names.bulk_create(rows, batch_size=AT_ONCE)


class Migration(migrations.Migration):
    dependencies = [("assessments", "0008_search")]

    operations = [
        migrations.CreateModel(
            name="PublishedName",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=80)),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="names",
                        to="assessments.roleversion",
                    ),
                ),
            ],
            options={
                "verbose_name": "published short name",
                "verbose_name_plural": "published short names",
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("slug", "version"), name="published_name_once")
                ],
            },
        ),
        migrations.RunPython(enter_what_is_published, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name="outgoingmail",
            index=models.Index(Lower("recipient"), name="outgoing_mail_recipient"),
        ),
    ]
