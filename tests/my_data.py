"""Exports of one's own data in tests: made, taken apart, changed, brought back."""

import io
import json
import zipfile
from datetime import UTC, datetime
from types import SimpleNamespace

from assessments.actions import assessment as assessments
from assessments.actions import my_data as actions
from assessments.actions import plan as plans
from assessments.actions import sharing
from assessments.exporters import my_data as exporter
from assessments.importers.my_data import parse
from assessments.models import Answer, QualificationAnswer, Reminders, Subscriber
from assessments.models.assessment import new_key
from tests.definitions import FIELDS, definition, qualification, requirement
from tests.planned import named
from tests.published import opened

ROLE = definition(
    requirement("python", 3, essential=True),
    requirement("sql", 4),
    requirement("talking", 2),
    qualifications=(qualification(),),
    fields=FIELDS,
)
OTHER = named(ROLE, "other")
EXAMPLE = "I parse <recipes>,\nevery night: CANARY-EXAMPLE."


def filled(member):
    """A report, with all that hangs on one, and an assessment that is still open."""
    mine = opened(member, ROLE, python=1, sql=None, talking=4)
    Answer.objects.filter(assessment=mine, skill="python").update(
        example=EXAMPLE, last_done="1-3-years", seconds=12
    )
    QualificationAnswer.objects.create(
        assessment=mine, degree="master", field="physics", revision=1
    )
    report = assessments.submit(assessment=mine)
    sharing.make(assessment=report, scope="gaps", days=7, press=new_key())
    plans.add(by=member, assessment=report, chosen={"python": None})
    member.plan.items.update(notes="CANARY-NOTES", due_on="2027-01-31", hours=7)
    Reminders.objects.create(member=member, come_back=True)
    Subscriber.objects.create(email=member.email.upper())
    return SimpleNamespace(report=report, open=opened(member, OTHER, python=2))


def export(member):
    file = io.BytesIO()
    exporter.write(file, member, moment=datetime.now(UTC))
    return file.getvalue()


def raw(member):
    """The JSON of an export, to be changed."""
    with zipfile.ZipFile(io.BytesIO(export(member))) as archive:
        return json.loads(archive.read(exporter.DATA))


def page(member):
    with zipfile.ZipFile(io.BytesIO(export(member))) as archive:
        return archive.read(exporter.PAGE).decode()


def packed(data, name=exporter.DATA):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data if isinstance(data, bytes | str) else json.dumps(data))
    return file.getvalue()


def read(data):
    return parse(json.dumps(data))


def bring_back(by, data):
    """Looked at and confirmed."""
    found = actions.foresee(by=by, data=data)
    assert found.problems == ()
    return actions.bring_back(by=by, data=data, digest=found.digest)
