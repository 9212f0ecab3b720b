"""Groups: editors change drafts, publishers make them live, support sees accounts.

One person may be in several. Nobody sees answers.
"""

from django.apps import apps as current_apps
from django.contrib.auth.management import create_permissions
from django.db import migrations

EDITED = [
    "anchor",
    "fact",
    "fieldofstudy",
    "passage",
    "qualification",
    "requirement",
    "requirementgroup",
    "requirementskill",
    "resource",
    "resourcelink",
    "role",
    "scale",
    "scalelevel",
    "skill",
]
VIEWED = [f"view_{model}" for model in [*EDITED, "roleversion"]]
GROUPS = {
    "Editor": [
        *(f"{verb}_{model}" for verb in ("add", "change", "delete") for model in EDITED),
        *VIEWED,
    ],
    "Publisher": ["publish_role", *VIEWED],
    "Support": ["view_user"],
}


def make_groups(apps, schema_editor):
    give(apps, schema_editor, GROUPS)


def give(apps, schema_editor, groups):
    alias = schema_editor.connection.alias
    # Permissions are made after the last migration; these groups need them now.
    create_permissions(
        current_apps.get_app_config("assessments"), verbosity=0, using=alias, apps=apps
    )
    Group = apps.get_model("auth", "Group")
    Permission = apps.get_model("auth", "Permission")
    for name, codenames in groups.items():
        group, _created = Group.objects.using(alias).get_or_create(name=name)
        permissions = Permission.objects.using(alias).filter(
            content_type__app_label="assessments", codename__in=codenames
        )
        group.permissions.add(*permissions)


class Migration(migrations.Migration):
    dependencies = [
        ("assessments", "0002_protect_what_is_published"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    # On the way back the groups stay, and with them who is in which.
    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
