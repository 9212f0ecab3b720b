from datetime import timedelta

import pytest
from django.utils import timezone

from assessments.models import Assessment, Guest, owned_by
from assessments.models.guest import new_token
from tests.definitions import definition, requirement
from tests.guests import TOKEN, begun, grow_old, guest

pytestmark = pytest.mark.django_db
ROLE = definition(requirement("python"))


def test_it_works():
    mine = guest()
    assert Guest.objects.behind(TOKEN).get() == mine
    assert not Guest.objects.behind(new_token()).exists()


def test_a_token_cannot_be_guessed():
    tokens = {new_token() for _ in range(1000)}
    assert len(tokens) == 1000
    assert all(len(token) == 43 for token in tokens)  # 32 bytes, six bits a character


def test_the_token_is_not_in_the_database():
    made = begun(ROLE)
    assert made.token not in str(Guest.objects.values().get())


def test_seven_days_and_no_longer():
    mine = guest()
    assert abs(mine.expires_at - timezone.now() - timedelta(days=7)) < timedelta(minutes=1)
    grow_old(mine, days=6, hours=23)
    assert Guest.objects.behind(TOKEN).exists()
    grow_old(mine, days=7)
    assert not Guest.objects.behind(TOKEN).exists()
    assert Guest.objects.expired().get() == mine


def test_what_is_a_guest_s_is_no_member_s(member):
    made = begun(ROLE)
    assert Assessment.objects.of(made.guest).get() == made.assessment
    assert not Assessment.objects.of(member).exists()
    assert owned_by(member) == {"member": member}


def test_a_submitted_assessment_may_change_hands_but_not_what_it_says(member):
    made = begun(ROLE, python=3)
    Assessment.objects.filter(pk=made.assessment.pk).update(member=member, guest=None)
    made.assessment.refresh_from_db()
    assert made.assessment.owner == {"member": member.pk}
