import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError

from assessments.models import User
from tests.conftest import PASSWORD

pytestmark = pytest.mark.django_db


def test_it_works():
    user = User.objects.create_user("Somebody@Example.org", PASSWORD)
    assert user.email == str(user) == "somebody@example.org"
    assert user.check_password(PASSWORD)
    assert not user.is_staff
    assert not user.is_superuser


def test_an_account_is_found_in_any_case(member):
    assert User.objects.get_by_natural_key("MEMBER@Example.ORG") == member


def test_an_account_needs_an_address():
    with pytest.raises(ValueError, match="needs an e-mail address"):
        User.objects.create_user("", PASSWORD)


def test_an_address_in_other_letters_is_refused_in_words(member):
    again = User(email="MEMBER@example.org", password="x")
    with pytest.raises(ValidationError, match="already an account"):
        again.full_clean()


def test_an_operator_s_account_is_verified():
    user = User.objects.create_superuser("operator@example.org", PASSWORD)
    assert user.is_staff
    assert user.is_superuser
    assert EmailAddress.objects.get(user=user).verified
