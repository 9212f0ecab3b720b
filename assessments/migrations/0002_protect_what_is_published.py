"""Triggers: a published version and a submitted assessment can no longer be changed.

SQLite drops a table's triggers when a later migration rebuilds the table. Such a migration must
end with `protect()` again; tests/assessments/models/ fails when one forgets.
"""

from django.db import migrations

FORBIDDEN = "what was published or submitted never changes"

RULES = {
    "version_never_changes": (
        "UPDATE OF role_id, number, content, sha256",
        "assessments_roleversion",
        "1 = 1",
    ),
    "submission_never_changes": (
        "UPDATE OF role_id, version_id, submitted_at, met, targets, result_sha256",
        "assessments_assessment",
        "OLD.submitted_at IS NOT NULL",
    ),
    "no_answer_after_submission": ("INSERT", "assessments_answer", None),
    "no_change_of_answer_after_submission": ("UPDATE", "assessments_answer", None),
    "no_degree_after_submission": ("INSERT", "assessments_qualificationanswer", None),
    "no_change_of_degree_after_submission": ("UPDATE", "assessments_qualificationanswer", None),
}
IS_SUBMITTED = (
    "EXISTS (SELECT 1 FROM assessments_assessment AS owner"
    " WHERE owner.id = NEW.assessment_id AND owner.submitted_at IS NOT NULL)"
)


def protect(apps, schema_editor):
    unprotect(apps, schema_editor)
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION assessments_forbid() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{FORBIDDEN}' USING ERRCODE = 'integrity_constraint_violation'; "
            "END $$"
        )
        # A trigger's WHEN clause may not hold a subquery here, so a second function does.
        schema_editor.execute(
            "CREATE OR REPLACE FUNCTION assessments_forbid_if_submitted() RETURNS trigger "
            f"LANGUAGE plpgsql AS $$ BEGIN IF {IS_SUBMITTED} THEN RAISE EXCEPTION '{FORBIDDEN}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
        )
    for name, (event, table, condition) in RULES.items():
        if vendor == "postgresql":
            function = "assessments_forbid" if condition else "assessments_forbid_if_submitted"
            when = f"WHEN ({condition})" if condition else ""
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {when} "
                f"EXECUTE FUNCTION {function}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
                f"WHEN {condition or IS_SUBMITTED} BEGIN SELECT RAISE(ABORT, '{FORBIDDEN}'); END"
            )


def unprotect(apps, schema_editor):
    for name, (_event, table, _condition) in RULES.items():
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
