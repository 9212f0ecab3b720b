import pytest
from django.core.exceptions import ValidationError

from assessments.forms.fields import HttpsURLField
from assessments.importers.yaml_nodes import is_https
from tests.assessments.importers.test_yaml_nodes import BAD_ADDRESSES


def test_it_works():
    assert HttpsURLField().clean(" https://example.org/a ") == "https://example.org/a"


ONLY_THE_SCHEME_IS_MISSING = {"example.org", "//example.org/"}


@pytest.mark.parametrize("address", sorted(set(BAD_ADDRESSES) - ONLY_THE_SCHEME_IS_MISSING))
def test_what_a_role_file_refuses_is_not_saved_either(address):
    with pytest.raises(ValidationError, match="https://"):
        HttpsURLField().clean(address)


@pytest.mark.parametrize("address", sorted(ONLY_THE_SCHEME_IS_MISSING))
def test_a_missing_scheme_is_put_in_front(address):
    assert is_https(HttpsURLField().clean(address))
