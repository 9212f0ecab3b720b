from unittest import mock

import pytest
from hypothesis import given
from hypothesis.extra.django import TestCase

from assessments import reports, versions
from assessments.actions import assessment as actions
from assessments.actions.moving import Outdated, move
from assessments.models import Answer, Assessment, QualificationAnswer, User
from tests.assessments.domain.test_carrying import moves, reworded
from tests.definitions import FIELDS, definition, law, qualification, requirement
from tests.published import answer, opened, publish, submitted

pytestmark = pytest.mark.django_db
DEGREE = {"qualifications": (qualification(),), "fields": FIELDS}
OLD = definition(requirement("python"), requirement("sql"), requirement("r"), **DEGREE)
NEW = reworded(definition(*map(requirement, ["python", "sql", "talking"]), **DEGREE), "sql")


@pytest.fixture
def mine(member):
    return opened(member, OLD, python=3, sql=2, r=None)


def moved(assessment, number=2, revision=None):
    seen = actions.Seen(assessment.revision if revision is None else revision)
    return move(assessment=assessment, number=number, seen=seen)


def levels():
    return {row.skill: row.level for row in Answer.objects.all()}


def test_it_works(mine):
    publish(NEW)
    found = moved(mine)
    mine.refresh_from_db()
    assert mine.version.number == found.number == 2
    assert levels() == {"python": 3}


def test_a_kept_answer_keeps_all_of_itself(mine):
    Answer.objects.filter(skill="python").update(last_done="this-year", example="A parser.")
    before = Answer.objects.filter(skill="python").values().get()
    publish(NEW)
    moved(mine)
    assert Answer.objects.values().get() == before


def test_pressing_twice_moves_once(mine):
    publish(NEW)
    moved(mine)
    mine.refresh_from_db()
    answer(mine, sql=4)
    assert moved(mine) is None
    assert moved(mine, revision=0) is None
    assert levels() == {"python": 3, "sql": 4}


def test_an_answer_saved_since_the_page_was_opened_stops_it(mine):
    publish(NEW)
    actions.save_answer(
        assessment=mine, skill="sql", seen=actions.Seen(1), level=4, last_done="", example="Mine."
    )
    with pytest.raises(Outdated):
        moved(mine, revision=0)
    assert levels() == {"python": 3, "sql": 4, "r": None}


@pytest.mark.parametrize("number", [2, 4])
def test_only_the_newest_version_can_be_moved_to(mine, number):
    publish(NEW)
    publish(OLD)
    with pytest.raises(Outdated):
        moved(mine, number)
    mine.refresh_from_db()
    assert mine.version.number == 1
    assert len(levels()) == 3


def test_after_submission_it_is_refused(member):
    sent = submitted(member, OLD, python=3, sql=2)
    publish(NEW)
    with pytest.raises(actions.AlreadySubmitted):
        moved(sent)
    assert reports.compute(Assessment.objects.get()).content_hash() == sent.result_sha256


def test_another_role_s_versions_do_not_count(mine):
    publish(definition(requirement("python"), slug="other", title="Other"))
    publish(definition(requirement("python", 1), slug="other", title="Other"))
    with pytest.raises(Outdated):
        moved(mine)


def test_if_it_fails_midway_nothing_happened(mine):
    publish(NEW)
    with (
        mock.patch.object(Assessment, "save", side_effect=OSError("full")),
        pytest.raises(OSError, match="full"),
    ):
        moved(mine)
    assert len(levels()) == 3


@pytest.mark.parametrize(("field", "kept"), [("physics", 1), ("mathematics", 0), ("other", 1)])
def test_a_degree_is_kept_where_its_field_still_means_the_same(mine, field, kept):
    QualificationAnswer.objects.create(assessment=mine, degree="master", field=field, revision=1)
    publish(definition(requirement("python"), fields=FIELDS[1:]))
    moved(mine)
    assert QualificationAnswer.objects.count() == kept


# --- whoever still holds the assessment as it was ---


@pytest.mark.parametrize(
    "write",
    [
        lambda one: actions.save_answer(
            assessment=one,
            skill="talking",
            seen=actions.Seen(0),
            level=1,
            last_done="",
            example="",
        ),
        lambda one: actions.clear_answer(assessment=one, skill="python", seen=actions.Seen(1)),
        lambda one: actions.save_qualification(
            assessment=one, seen=actions.Seen(0), degree="none", field=""
        ),
        lambda one: actions.submit(assessment=one),
    ],
    ids=["save", "clear", "degree", "submit"],
)
def test_nothing_is_written_by_the_old_version_after_moving(mine, write):
    publish(NEW)
    moved(Assessment.objects.get())
    with pytest.raises(actions.MovedMeanwhile):
        write(mine)
    mine.refresh_from_db()
    assert not mine.is_submitted
    assert levels() == {"python": 3}
    assert not QualificationAnswer.objects.exists()


def test_a_report_after_moving_is_one_of_the_new_version(mine):
    publish(NEW)
    moved(mine)
    sent = actions.submit(assessment=Assessment.objects.get())
    assert (sent.version.number, sent.met, sent.targets) == (2, 1, 3)
    assert sent.result_sha256 == reports.compute(sent).content_hash()


# --- a law ---


class Law(TestCase):
    @law
    @given(moves())
    def test_what_is_deleted_was_shown_and_what_is_kept_means_the_same(self, case):
        old, new, answered = case
        member = User.objects.create_user("member@example.org", "x")
        mine = opened(member, old, **dict.fromkeys(answered, 0))
        Answer.objects.update(example="Typed.")
        newest = publish(new)
        offer = versions.offer(mine, newest)
        moved(mine)
        shown = {one.skill.slug for one in (*offer.again, *offer.gone)}
        assert set(levels()) == answered - shown
        assert {one.answer.example for one in (*offer.again, *offer.gone)} <= {"Typed."}
        for slug in levels():
            assert old.skill(slug).anchors == new.skill(slug).anchors
