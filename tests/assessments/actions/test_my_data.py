from dataclasses import replace

import pytest

from assessments.actions import my_data as actions
from assessments.models import Answer, Assessment, Plan, PlanItem, RoleVersion, User
from assessments.models.guest import Guest
from assessments.reports import compute
from tests.definitions import definition, requirement
from tests.my_data import EXAMPLE, OTHER, ROLE, bring_back, filled, raw, read
from tests.planned import named
from tests.published import opened, publish, submitted

pytestmark = pytest.mark.django_db


def rows():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Assessment, Answer, Plan, PlanItem, User)
    ]


def test_a_report_comes_back_with_the_same_result(member, stranger):
    before = filled(member).report
    done = bring_back(stranger, read(raw(member)))
    assert (done.reports, done.opened, done.planned) == (1, 1, 1)
    after = stranger.assessments.submitted().get()
    assert after.key != before.key
    assert after.submitted_at == before.submitted_at
    assert after.result_sha256 == before.result_sha256 == compute(after).content_hash()
    assert (after.met, after.targets) == (before.met, before.targets)


def test_every_answer_comes_back(member, stranger):
    filled(member)
    bring_back(stranger, read(raw(member)))
    fields = ["assessment__role", "skill", "level", "last_done", "example", "saved_at"]
    mine, theirs = (
        list(Answer.objects.filter(assessment__member=one).order_by("pk").values_list(*fields))
        for one in (member, stranger)
    )
    assert mine == theirs
    assert EXAMPLE in [one[4] for one in mine]
    assert stranger.assessments.submitted().get().qualification_answer.field == "physics"


def test_out_and_in_and_out_again_says_the_same(member, stranger):
    filled(member)
    bring_back(stranger, read(raw(member)))
    before, after = raw(member), raw(stranger)
    for one in before["assessments"]:
        one["shared_links"] = []
        for answer in one["answers"]:
            answer["seconds"] = None
    assert after["assessments"] == before["assessments"]
    assert (after["plan"], after["definitions"]) == (before["plan"], before["definitions"])


def test_nobody_else_s_clock_goes_into_the_statistics(member, stranger):
    filled(member)
    bring_back(stranger, read(raw(member)))
    assert not Answer.objects.filter(assessment__member=stranger, seconds__gt=0).exists()


def test_the_plan_comes_back_on_the_person_s_own_report(member, stranger):
    filled(member)
    Plan.objects.update(hours_a_week=9, budget="free")
    bring_back(stranger, read(raw(member)))
    assert (stranger.plan.hours_a_week, stranger.plan.budget) == (9, "free")
    item = stranger.plan.items.get()
    assert item.assessment.member == stranger
    assert (item.notes, item.hours, item.due_on.year) == ("CANARY-NOTES", 7, 2027)


def test_a_second_time_adds_nothing(member, stranger):
    filled(member)
    data = read(raw(member))
    bring_back(stranger, data)
    before = rows()
    done = bring_back(stranger, data)
    assert (done.reports, done.opened, done.planned) == (0, 0, 0)
    assert rows() == before


def test_to_the_person_who_has_it_all_it_adds_nothing(member):
    filled(member)
    before = rows()
    bring_back(member, read(raw(member)))
    assert rows() == before


def test_what_is_open_here_stays_and_its_role_s_reports_still_come(member, stranger):
    filled(member)
    mine = opened(stranger, ROLE, python=4)
    bring_back(stranger, read(raw(member)))
    assert stranger.assessments.submitted().count() == 1
    assert stranger.assessments.open().filter(role=mine.role).get() == mine
    assert mine.answers.get().level == 4


def test_many_reports_on_one_role_come_back(member, stranger):
    reports = [submitted(member, ROLE, python=level) for level in range(4)]
    bring_back(stranger, read(raw(member)))
    hashes = stranger.assessments.order_by("submitted_at").values_list("result_sha256", flat=True)
    assert list(hashes) == [one.result_sha256 for one in reports]


def test_a_version_that_is_not_here_is_named_and_the_rest_comes(member, stranger):
    filled(member)
    data = raw(member)
    data["assessments"][0]["version"]["definition_sha256"] = "0" * 64
    found = actions.foresee(by=stranger, data=read(data))
    assert [one.kind for one in found.lines] == ["no-version", "open"]
    assert [one.kind for one in found.items] == ["no-report"]
    assert bring_back(stranger, read(data)).opened == 1
    assert not stranger.assessments.submitted().exists()


def test_the_version_is_found_by_its_content(member, stranger):
    """Another site numbers its versions in its own way."""
    filled(member)
    data = raw(member)
    data["assessments"][0]["version"]["number"] = 77
    bring_back(stranger, read(data))
    assert stranger.assessments.submitted().get().version.sha256 == ROLE.content_hash()


def test_what_the_file_says_of_results_is_not_believed(member, stranger):
    before = filled(member).report
    data = raw(member)
    data["assessments"][0] |= {"met": 3, "targets": 3, "result_sha256": "f" * 64}
    bring_back(stranger, read(data))
    assert stranger.assessments.submitted().get().result_sha256 == before.result_sha256


def test_definitions_in_the_file_change_nothing(member, stranger):
    filled(member)
    data = raw(member)
    for one in data["definitions"].values():
        one["title"] = "Hacked"
    bring_back(stranger, read(data))
    assert RoleVersion.objects.count() == 2
    assert not RoleVersion.objects.filter(content__contains="Hacked").exists()


def test_nothing_in_the_file_names_whose_it_is(member, stranger):
    filled(member)
    data = raw(member)
    data["assessments"][0] |= {"member": member.pk, "member_id": member.pk, "key": "x" * 22}
    before = member.assessments.count()
    bring_back(stranger, read(data))
    assert member.assessments.count() == before
    assert not Assessment.objects.filter(key="x" * 22).exists()


def test_a_plan_that_is_here_keeps_its_pace_and_its_skills(member, stranger):
    filled(member)
    data = read(raw(member))
    bring_back(stranger, data)
    Plan.objects.filter(member=stranger).update(hours_a_week=20)
    PlanItem.objects.filter(plan__member=stranger).update(notes="Mine")
    bring_back(stranger, data)
    assert Plan.objects.get(member=stranger).hours_a_week == 20
    assert PlanItem.objects.get(plan__member=stranger).notes == "Mine"


def test_an_old_outlook_is_not_carried_out(member, stranger):
    filled(member)
    data = read(raw(member))
    found = actions.foresee(by=stranger, data=data)
    opened(stranger, OTHER)
    with pytest.raises(actions.Stale):
        actions.bring_back(by=stranger, data=data, digest=found.digest)
    assert stranger.assessments.count() == 1


def test_all_or_nothing(member, stranger, monkeypatch):
    filled(member)
    data = read(raw(member))
    digest = actions.foresee(by=stranger, data=data).digest
    before = rows()
    monkeypatch.setattr(actions, "_add_to_plan", lambda *_given: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.bring_back(by=stranger, data=data, digest=digest)
    assert rows() == before


def test_nobody_stays_behind(member, stranger):
    """Until they are submitted, reports belong to a guest made for the moment."""
    filled(member)
    bring_back(stranger, read(raw(member)))
    assert not Guest.objects.exists()
    assert User.objects.count() == 2


def test_a_definition_published_again_counts_as_the_first(member, stranger):
    submitted(member, ROLE, python=3)
    publish(replace(ROLE, title="Between"))
    publish(ROLE)
    bring_back(stranger, read(raw(member)))
    assert stranger.assessments.get().version.number == 1


def test_the_number_of_queries_for_looking_does_not_grow(member, django_assert_num_queries):
    filled(member)
    data = read(raw(member))
    with django_assert_num_queries(4):
        actions.foresee(by=member, data=data)
    for slug in "abcdefgh":
        submitted(member, named(definition(requirement("python")), slug), python=1)
    data = read(raw(member))
    with django_assert_num_queries(4):
        actions.foresee(by=member, data=data)
