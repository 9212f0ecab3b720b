"""Assessments of somebody without an account.

The table of assessments is rebuilt on SQLite, so the triggers are taken off and put back. On the
way back there is no place for what has no account: it is deleted, as it would be on its seventh day.
"""

from importlib import import_module

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import assessments.models.guest

rules = import_module("assessments.migrations.0002_protect_what_is_published")


def forget_guests(apps, schema_editor):
    alias = schema_editor.connection.alias
    apps.get_model("assessments", "Assessment").objects.using(alias).filter(member=None).delete()
    if schema_editor.connection.vendor == "postgresql":
        # It alters no table on which a check of a foreign key still waits.
        schema_editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0006_occupations"),
    ]

    operations = [
        migrations.RunPython(rules.unprotect, rules.protect),
        migrations.CreateModel(
            name="Guest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "token_sha256",
                    models.CharField(editable=False, max_length=64, unique=True),
                ),
                (
                    "created_at",
                    models.DateTimeField(default=django.utils.timezone.now, editable=False),
                ),
                (
                    "expires_at",
                    models.DateTimeField(
                        db_index=True,
                        default=assessments.models.guest.seven_days_on,
                        editable=False,
                    ),
                ),
            ],
            options={
                "verbose_name": "guest",
                "verbose_name_plural": "guests",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("created_at"))),
                        name="guest_ends_after_it_begins",
                    )
                ],
            },
        ),
        migrations.AlterField(
            model_name="assessment",
            name="member",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assessments",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="assessment",
            name="guest",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="assessments",
                to="assessments.guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.UniqueConstraint(
                condition=models.Q(("submitted_at__isnull", True)),
                fields=("guest", "role"),
                name="one_open_assessment_per_guest",
            ),
        ),
        migrations.AddConstraint(
            model_name="assessment",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("guest__isnull", True), ("member__isnull", False)),
                    models.Q(("guest__isnull", False), ("member__isnull", True)),
                    _connector="OR",
                ),
                name="of_a_member_or_a_guest",
            ),
        ),
        migrations.RunPython(migrations.RunPython.noop, forget_guests),
        migrations.RunPython(rules.protect, rules.unprotect),
    ]
