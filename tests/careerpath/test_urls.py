import pytest


@pytest.mark.django_db
def test_editors_sign_in_where_everybody_does(client):
    response = client.get("/admin/", follow=True)
    assert response.redirect_chain[-1][0].startswith("/accounts/login/")
