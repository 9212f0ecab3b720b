from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assessments import reports
from assessments.actions import assessment as actions
from assessments.models import Answer, Assessment, QualificationAnswer
from tests.definitions import definition, requirement
from tests.published import opened, publish, submitted

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"), requirement("sql"))


@pytest.fixture
def assessment(member):
    return opened(member, ROLE)


def save(assessment, seen=0, level=3, last_done="", example=""):
    actions.save_answer(
        assessment=assessment,
        skill="python",
        seen=actions.Seen(seen),
        level=level,
        last_done=last_done,
        example=example,
    )


def clear(assessment, seen):
    actions.clear_answer(assessment=assessment, skill="python", seen=actions.Seen(seen))


def save_degree(assessment, seen=0, degree="master", field="mathematics"):
    actions.save_qualification(
        assessment=assessment, seen=actions.Seen(seen), degree=degree, field=field
    )


def stored():
    return Answer.objects.get(skill="python")


def test_it_works(assessment):
    save(assessment, level=2, last_done="never", example="A parser.")
    answer = stored()
    assert (answer.level, answer.last_done, answer.example) == (2, "never", "A parser.")


# --- start ---


def test_starting_twice_gives_the_same_assessment(member):
    version = publish(ROLE)
    one, other = (actions.start(by=member, version=version) for _ in range(2))
    assert one == other
    assert Assessment.objects.count() == 1


def test_an_open_assessment_stays_on_its_version(member):
    first = actions.start(by=member, version=publish(ROLE))
    second = actions.start(by=member, version=publish(definition(requirement("sql"))))
    assert second.version == first.version


def test_after_submission_a_new_one_starts_on_the_version_given(member):
    old = submitted(member, ROLE)
    new = actions.start(by=member, version=publish(definition(requirement("sql"))))
    assert new != old
    assert new.version.number == 2


def test_two_people_have_an_assessment_each(member, stranger):
    version = publish(ROLE)
    assert actions.start(by=member, version=version) != actions.start(by=stranger, version=version)


def test_a_start_that_lost_the_race_gives_the_winner_s(member, monkeypatch):
    """The other press comes between looking and creating."""
    version = publish(ROLE)
    winner = []
    monkeypatch.setattr(
        type(Assessment.objects.all()),
        "first",
        lambda rows: winner.append(
            Assessment.objects.create(member=member, role=version.role, version=version)
        ),
    )
    assert actions.start(by=member, version=version) == Assessment.objects.get()


# --- answers ---


def test_a_later_answer_replaces_the_one_that_was_seen(assessment):
    save(assessment, level=2)
    save(assessment, seen=stored().revision, level=None)
    assert stored().level is None


def test_clearing_leaves_no_row(assessment):
    save(assessment)
    clear(assessment, seen=stored().revision)
    assert not Answer.objects.exists()


def test_clearing_twice_is_fine(assessment):
    save(assessment)
    for _ in range(2):
        clear(assessment, seen=1)
    assert not Answer.objects.exists()


def test_a_second_tab_overwrites_nothing_in_silence(assessment):
    save(assessment, seen=0, level=2)
    with pytest.raises(actions.Conflict) as conflict:
        save(assessment, seen=0, level=4)
    assert (conflict.value.current, conflict.value.revision) == (stored(), stored().revision)
    assert stored().level == 2


def test_saving_what_a_conflict_has_shown_is_allowed(assessment):
    save(assessment, level=2)
    with pytest.raises(actions.Conflict) as conflict:
        save(assessment, level=4)
    save(assessment, seen=conflict.value.revision, level=4)
    assert stored().level == 4


def test_the_same_values_twice_are_no_conflict(assessment):
    for _ in range(2):
        save(assessment, seen=0, level=2, last_done="never", example="A parser.")
    assert stored().revision == 1


@pytest.mark.parametrize("other", [{"last_done": "never"}, {"example": "A parser."}], ids=str)
def test_another_detail_is_a_conflict_too(assessment, other):
    save(assessment, level=2)
    with pytest.raises(actions.Conflict):
        save(assessment, level=2, **other)


def test_clearing_what_was_changed_elsewhere_is_a_conflict(assessment):
    save(assessment, level=2)
    save(assessment, seen=1, level=4)
    with pytest.raises(actions.Conflict) as conflict:
        clear(assessment, seen=1)
    assert conflict.value.current == stored()


def test_saving_what_was_cleared_elsewhere_is_a_conflict(assessment):
    save(assessment)
    clear(assessment, seen=1)
    with pytest.raises(actions.Conflict) as conflict:
        save(assessment, seen=1, level=4)
    assert (conflict.value.current, conflict.value.revision) == (None, 0)


def test_cleared_and_answered_elsewhere_is_a_conflict(assessment):
    """The new answer must not look like the one that a stale page had seen."""
    save(assessment, level=2)
    clear(assessment, seen=1)
    save(assessment, seen=0, level=1)
    with pytest.raises(actions.Conflict):
        save(assessment, seen=1, level=4)
    assert stored().level == 1


def test_answers_to_other_skills_are_no_conflict(assessment):
    save(assessment)
    actions.save_answer(
        assessment=assessment,
        skill="sql",
        seen=actions.Seen(0),
        level=1,
        last_done="",
        example="",
    )
    save(assessment, seen=1, level=4)
    assert dict(Answer.objects.values_list("skill", "level")) == {"python": 4, "sql": 1}


# --- qualifications ---


def test_a_degree_is_saved_and_replaced(assessment):
    save_degree(assessment)
    save_degree(assessment, seen=1, degree="none", field="")
    row = QualificationAnswer.objects.get()
    assert (row.degree, row.field) == ("none", "")


def test_a_degree_in_a_second_tab_overwrites_nothing_in_silence(assessment):
    save_degree(assessment)
    save_degree(assessment)
    with pytest.raises(actions.Conflict):
        save_degree(assessment, degree="none", field="")
    assert QualificationAnswer.objects.get().degree == "master"


# --- submit ---


def test_submitting_takes_down_the_result(member):
    sent = submitted(member, ROLE, python=3, sql=1)
    sent.refresh_from_db()
    assert (sent.met, sent.targets) == (1, 2)
    assert sent.result_sha256 == reports.compute(sent).content_hash()


def test_one_press_or_a_hundred_one_report(assessment):
    first = actions.submit(assessment=assessment)
    stale = Assessment.objects.get(pk=assessment.pk)
    for one in (assessment, stale, stale):
        actions.submit(assessment=one)
    assert Assessment.objects.get().submitted_at == first.submitted_at
    assert Assessment.objects.get().result_sha256 == first.result_sha256


@pytest.mark.parametrize(
    "write", [save, save_degree, lambda one: clear(one, seen=1)], ids=["save", "degree", "clear"]
)
def test_after_submission_nothing_is_saved(member, write):
    """Also from a page that was opened before."""
    stale = opened(member, ROLE, python=2)
    actions.submit(assessment=stale)
    with pytest.raises(actions.AlreadySubmitted):
        write(stale)
    assert stored().level == 2


def test_nothing_answered_can_be_submitted(member):
    sent = submitted(member, ROLE)
    assert (sent.met, sent.targets) == (0, 2)


def test_publishing_again_changes_no_report(member):
    sent = submitted(member, ROLE, python=3)
    publish(definition(requirement("python", 4, importance=5), requirement("sql", 1)))
    assert reports.compute(sent).content_hash() == sent.result_sha256


# --- locks ---


@pytest.mark.parametrize(
    "write",
    [save, save_degree, lambda one: clear(one, seen=0), lambda one: actions.submit(assessment=one)],
    ids=["save", "degree", "clear", "submit"],
)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite locks the whole database")
def test_every_write_locks_the_assessment_first(assessment, write):
    with CaptureQueriesContext(connection) as queries:
        write(assessment)
    first = next(one["sql"] for one in queries if "SAVEPOINT" not in one["sql"])
    assert first.endswith("FOR UPDATE")


def test_the_same_answer_again_after_a_day_renews_its_date(member):
    assessment = opened(member, ROLE, python=3)
    long_ago = timezone.now() - timedelta(days=360)
    Answer.objects.update(saved_at=long_ago)
    save = {"skill": "python", "seen": actions.Seen(1), "level": 3, "last_done": "", "example": ""}
    actions.save_answer(assessment=assessment, **save)
    again = Answer.objects.get()
    assert again.saved_at > long_ago + timedelta(days=359)
    assert again.revision == 1
