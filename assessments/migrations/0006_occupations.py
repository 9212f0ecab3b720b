"""Occupations of the public statistics, and what curated skills and roles answer to there."""

from importlib import import_module

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import simple_history.models
from django.conf import settings
from django.db import migrations, models

groups = import_module("assessments.migrations.0003_editor_and_publisher_groups")

EDITED = ["correspondence", "counterpart"]
VIEWED = [
    "alternatetitle",
    "occupation",
    "outlook",
    "relatedoccupation",
    "release",
    "technology",
    "wage",
]
GROUPS = {
    "Editor": [
        *(f"{verb}_{model}" for verb in ("add", "change", "delete") for model in EDITED),
        *(f"view_{model}" for model in [*EDITED, *VIEWED]),
    ],
    "Publisher": [f"view_{model}" for model in [*EDITED, *VIEWED]],
}


def give_permissions(apps, schema_editor):
    groups.give(apps, schema_editor, GROUPS)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0005_plans_sharing_and_mail"),
    ]

    operations = [
        migrations.CreateModel(
            name="AlternateTitle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=250, verbose_name="title")),
            ],
            options={
                "verbose_name": "alternate title",
                "verbose_name_plural": "alternate titles",
                "ordering": ["title"],
            },
        ),
        migrations.CreateModel(
            name="Correspondence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("element", "rated skill or knowledge"),
                            ("technology", "technology"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=200, verbose_name="id or name")),
                (
                    "loose",
                    models.BooleanField(
                        default=True,
                        help_text="Ticked: they overlap. Unticked: they mean the same.",
                        verbose_name="loose",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "counterpart in O*NET",
                "verbose_name_plural": "counterparts in O*NET",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Counterpart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Like 15-2031.00. Its figures stand on the role's page once they are imported.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d\\d-\\d{4}\\.\\d\\d$", "Write it like 15-2031.00"
                            )
                        ],
                        verbose_name="O*NET-SOC code",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="order")),
            ],
            options={
                "verbose_name": "occupation in the statistics",
                "verbose_name_plural": "occupations in the statistics",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HistoricalCorrespondence",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("element", "rated skill or knowledge"),
                            ("technology", "technology"),
                        ],
                        max_length=20,
                        verbose_name="kind",
                    ),
                ),
                ("code", models.CharField(max_length=200, verbose_name="id or name")),
                (
                    "loose",
                    models.BooleanField(
                        default=True,
                        help_text="Ticked: they overlap. Unticked: they mean the same.",
                        verbose_name="loose",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical counterpart in O*NET",
                "verbose_name_plural": "historical counterparts in O*NET",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="HistoricalCounterpart",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        help_text="Like 15-2031.00. Its figures stand on the role's page once they are imported.",
                        max_length=10,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\d\\d-\\d{4}\\.\\d\\d$", "Write it like 15-2031.00"
                            )
                        ],
                        verbose_name="O*NET-SOC code",
                    ),
                ),
                ("position", models.PositiveIntegerField(default=0, verbose_name="order")),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
            ],
            options={
                "verbose_name": "historical occupation in the statistics",
                "verbose_name_plural": "historical occupations in the statistics",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
                "default_permissions": (),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="Occupation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "code",
                    models.CharField(max_length=10, unique=True, verbose_name="O*NET-SOC code"),
                ),
                ("soc", models.CharField(db_index=True, max_length=7, verbose_name="SOC code")),
                ("title", models.CharField(max_length=200, verbose_name="title")),
                (
                    "job_zone",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="job zone"
                    ),
                ),
                (
                    "education",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("none", "No school certificate"),
                            ("secondary", "School certificate or high-school diploma"),
                            ("associate", "Associate's degree or two years of college"),
                            ("bachelor", "Bachelor's degree"),
                            ("master", "Master's degree"),
                            ("doctorate", "Ph.D. or other doctorate"),
                        ],
                        max_length=20,
                        verbose_name="typical education",
                    ),
                ),
                ("education_shares", models.JSONField(blank=True, default=list)),
                (
                    "unrated",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "rated"),
                            ("all-other", "a collection of different occupations"),
                            ("military", "a military occupation"),
                            ("no-data", "not surveyed yet"),
                        ],
                        max_length=20,
                        verbose_name="why there are no ratings",
                    ),
                ),
                ("ratings", models.TextField(blank=True)),
                ("withdrawn", models.BooleanField(default=False, verbose_name="withdrawn")),
                ("sha256", models.CharField(max_length=64)),
            ],
            options={
                "verbose_name": "occupation",
                "verbose_name_plural": "occupations",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="Outlook",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=7, unique=True, verbose_name="SOC code")),
                ("title", models.CharField(max_length=200, verbose_name="occupation")),
                ("base_year", models.PositiveSmallIntegerField(verbose_name="from")),
                ("target_year", models.PositiveSmallIntegerField(verbose_name="to")),
                (
                    "employment_then",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=10, null=True),
                ),
                (
                    "employment_later",
                    models.DecimalField(blank=True, decimal_places=1, max_digits=10, null=True),
                ),
                (
                    "growth",
                    models.DecimalField(
                        blank=True, decimal_places=1, max_digits=6, null=True, verbose_name="growth"
                    ),
                ),
                (
                    "openings",
                    models.DecimalField(
                        blank=True,
                        decimal_places=1,
                        max_digits=10,
                        null=True,
                        verbose_name="openings a year",
                    ),
                ),
                (
                    "education",
                    models.CharField(blank=True, max_length=120, verbose_name="typical education"),
                ),
                (
                    "experience",
                    models.CharField(blank=True, max_length=120, verbose_name="typical experience"),
                ),
                (
                    "training",
                    models.CharField(blank=True, max_length=120, verbose_name="typical training"),
                ),
            ],
            options={
                "verbose_name": "outlook",
                "verbose_name_plural": "outlooks",
                "ordering": ["code"],
            },
        ),
        migrations.CreateModel(
            name="RelatedOccupation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("tier", models.CharField(blank=True, max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
            ],
            options={
                "verbose_name": "related occupation",
                "verbose_name_plural": "related occupations",
                "ordering": ["occupation", "position"],
            },
        ),
        migrations.CreateModel(
            name="Release",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("onet", "O*NET"),
                            ("oews", "Occupational Employment and Wage Statistics"),
                            ("projections", "Employment Projections"),
                        ],
                        max_length=20,
                        unique=True,
                        verbose_name="source",
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="release")),
                ("period", models.CharField(max_length=60, verbose_name="period")),
                ("sha256", models.CharField(max_length=64, verbose_name="content hash")),
                ("details", models.JSONField(default=dict)),
                (
                    "imported_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="imported"
                    ),
                ),
            ],
            options={
                "verbose_name": "release of a source",
                "verbose_name_plural": "releases of sources",
                "ordering": ["source"],
            },
        ),
        migrations.CreateModel(
            name="Technology",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="name")),
                ("kind", models.CharField(max_length=200, verbose_name="kind")),
                (
                    "hot",
                    models.BooleanField(
                        default=False, verbose_name="often asked for in job postings"
                    ),
                ),
                (
                    "in_demand",
                    models.BooleanField(
                        default=False, verbose_name="often asked for in this occupation"
                    ),
                ),
            ],
            options={
                "verbose_name": "technology",
                "verbose_name_plural": "technologies",
                "ordering": ["-in_demand", "-hot", "name", "kind"],
            },
        ),
        migrations.CreateModel(
            name="Wage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=7, unique=True, verbose_name="SOC code")),
                ("title", models.CharField(max_length=200, verbose_name="occupation")),
                (
                    "employment",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="employment"),
                ),
                ("annual_10", models.PositiveIntegerField(blank=True, null=True)),
                ("annual_25", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "annual_median",
                    models.PositiveIntegerField(
                        blank=True, null=True, verbose_name="median a year"
                    ),
                ),
                ("annual_75", models.PositiveIntegerField(blank=True, null=True)),
                ("annual_90", models.PositiveIntegerField(blank=True, null=True)),
                ("annual_mean", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "hourly_10",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                ),
                (
                    "hourly_25",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                ),
                (
                    "hourly_median",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=8,
                        null=True,
                        verbose_name="median an hour",
                    ),
                ),
                (
                    "hourly_75",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                ),
                (
                    "hourly_90",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                ),
                (
                    "hourly_mean",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=8, null=True),
                ),
                ("at_least", models.JSONField(blank=True, default=list)),
            ],
            options={
                "verbose_name": "wage",
                "verbose_name_plural": "wages",
                "ordering": ["code"],
            },
        ),
        migrations.AddField(
            model_name="historicalrole",
            name="origin",
            field=models.CharField(
                blank=True,
                choices=[("", "kept by editors"), ("onet", "imported from O*NET")],
                default="",
                editable=False,
                max_length=10,
                verbose_name="origin",
            ),
        ),
        migrations.AddField(
            model_name="historicalskill",
            name="element",
            field=models.CharField(
                blank=True,
                db_index=True,
                editable=False,
                max_length=30,
                null=True,
                verbose_name="O*NET element",
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="origin",
            field=models.CharField(
                blank=True,
                choices=[("", "kept by editors"), ("onet", "imported from O*NET")],
                default="",
                editable=False,
                max_length=10,
                verbose_name="origin",
            ),
        ),
        migrations.AddField(
            model_name="skill",
            name="element",
            field=models.CharField(
                blank=True,
                editable=False,
                max_length=30,
                null=True,
                unique=True,
                verbose_name="O*NET element",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=models.Q(("origin__in", ["", "onet"])), name="role_origin_is_known"
            ),
        ),
        migrations.AddField(
            model_name="correspondence",
            name="skill",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="correspondences",
                to="assessments.skill",
            ),
        ),
        migrations.AddField(
            model_name="counterpart",
            name="role",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="counterparts",
                to="assessments.role",
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrespondence",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcorrespondence",
            name="skill",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="assessments.skill",
            ),
        ),
        migrations.AddField(
            model_name="historicalcounterpart",
            name="history_user",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="historicalcounterpart",
            name="role",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="assessments.role",
            ),
        ),
        migrations.AddField(
            model_name="occupation",
            name="role",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="occupation",
                to="assessments.role",
            ),
        ),
        migrations.AddField(
            model_name="alternatetitle",
            name="occupation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="alternate_titles",
                to="assessments.occupation",
            ),
        ),
        migrations.AddConstraint(
            model_name="outlook",
            constraint=models.CheckConstraint(
                condition=models.Q(("target_year__gt", models.F("base_year"))),
                name="outlook_looks_ahead",
            ),
        ),
        migrations.AddField(
            model_name="occupation",
            name="outlook",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="occupations",
                to="assessments.outlook",
            ),
        ),
        migrations.AddField(
            model_name="relatedoccupation",
            name="occupation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="related",
                to="assessments.occupation",
            ),
        ),
        migrations.AddField(
            model_name="relatedoccupation",
            name="to",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="related_from",
                to="assessments.occupation",
            ),
        ),
        migrations.AddConstraint(
            model_name="release",
            constraint=models.CheckConstraint(
                condition=models.Q(("source__in", ["onet", "oews", "projections"])),
                name="release_source_is_known",
            ),
        ),
        migrations.AddField(
            model_name="technology",
            name="occupation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="technologies",
                to="assessments.occupation",
            ),
        ),
        migrations.AddField(
            model_name="occupation",
            name="wage",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="occupations",
                to="assessments.wage",
            ),
        ),
        migrations.AddConstraint(
            model_name="correspondence",
            constraint=models.UniqueConstraint(
                fields=("skill", "kind", "code"), name="correspondence_once_per_skill"
            ),
        ),
        migrations.AddConstraint(
            model_name="correspondence",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["element", "technology"])),
                name="correspondence_kind_is_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="counterpart",
            constraint=models.UniqueConstraint(
                fields=("role", "code"), name="counterpart_once_per_role"
            ),
        ),
        migrations.AddConstraint(
            model_name="alternatetitle",
            constraint=models.UniqueConstraint(
                fields=("occupation", "title"), name="alternate_title_once_per_occupation"
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedoccupation",
            constraint=models.UniqueConstraint(
                fields=("occupation", "to"), name="related_once_per_occupation"
            ),
        ),
        migrations.AddConstraint(
            model_name="relatedoccupation",
            constraint=models.CheckConstraint(
                condition=models.Q(("to", models.F("occupation")), _negated=True),
                name="related_to_another",
            ),
        ),
        migrations.AddIndex(
            model_name="technology",
            index=models.Index(fields=["name"], name="technology_name"),
        ),
        migrations.AddConstraint(
            model_name="technology",
            constraint=models.UniqueConstraint(
                fields=("occupation", "name", "kind"), name="technology_once_per_occupation"
            ),
        ),
        migrations.AddConstraint(
            model_name="occupation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("unrated", ""), models.Q(("ratings", ""), _negated=True)),
                    models.Q(models.Q(("unrated", ""), _negated=True), ("ratings", "")),
                    _connector="OR",
                ),
                name="occupation_rated_or_says_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="occupation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "education__in",
                        ["", "none", "secondary", "associate", "bachelor", "master", "doctorate"],
                    )
                ),
                name="occupation_education_is_known",
            ),
        ),
        migrations.RunPython(give_permissions, migrations.RunPython.noop),
    ]
