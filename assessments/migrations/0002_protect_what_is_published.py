"""Triggers: a published version and a submitted assessment can no longer be changed.

SQLite drops a table's triggers when a later migration rebuilds the table, and refuses to drop a
table that a trigger names. Such a migration begins with `RunPython(unprotect, protect)` and ends
with `RunPython(protect, unprotect)`; tests/assessments/models/ fails when one forgets.
"""

from django.db import migrations

FORBIDDEN = "what was published or submitted never changes"

IS_SUBMITTED = (
    "EXISTS (SELECT 1 FROM assessments_assessment AS owner"
    " WHERE owner.id {owners} AND owner.submitted_at IS NOT NULL)"
)
INTO_IT = IS_SUBMITTED.format(owners="= NEW.assessment_id")
OUT_OF_IT_TOO = IS_SUBMITTED.format(owners="IN (OLD.assessment_id, NEW.assessment_id)")

RULES = {
    "version_never_changes": (
        "UPDATE OF role_id, number, title, content, sha256",
        "assessments_roleversion",
        "1 = 1",
    ),
    "submission_never_changes": (
        "UPDATE OF role_id, version_id, submitted_at, met, targets, result_sha256",
        "assessments_assessment",
        "OLD.submitted_at IS NOT NULL",
    ),
    "no_answer_after_submission": ("INSERT", "assessments_answer", INTO_IT),
    "no_change_of_answer_after_submission": ("UPDATE", "assessments_answer", OUT_OF_IT_TOO),
    "no_degree_after_submission": ("INSERT", "assessments_qualificationanswer", INTO_IT),
    "no_change_of_degree_after_submission": (
        "UPDATE",
        "assessments_qualificationanswer",
        OUT_OF_IT_TOO,
    ),
}


def protect(apps, schema_editor):
    unprotect(apps, schema_editor)
    vendor = schema_editor.connection.vendor
    for name, (event, table, condition) in RULES.items():
        if vendor == "postgresql":
            # A WHEN clause may not hold a subquery there, so each rule is a function.
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN IF {condition} THEN RAISE EXCEPTION '{FORBIDDEN}' "
                "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW; END $$"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
                f"EXECUTE FUNCTION {name}()"
            )
        else:
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW "
                f"WHEN {condition} BEGIN SELECT RAISE(ABORT, '{FORBIDDEN}'); END"
            )


def unprotect(apps, schema_editor):
    for name, (_event, table, _condition) in RULES.items():
        on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")


class Migration(migrations.Migration):
    dependencies = [("assessments", "0001_initial")]

    operations = [migrations.RunPython(protect, unprotect)]
