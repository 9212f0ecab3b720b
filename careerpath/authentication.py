"""Who a session belongs to."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as Allauths
from django.db.models import BigAutoField

from assessments.compiled import CompiledQuery, Parameter
from assessments.models import User

ACCOUNT = CompiledQuery(lambda: User.objects.filter(pk=Parameter("id", BigAutoField())))


class AuthenticationBackend(Allauths):
    def get_user(self, user_id: Any) -> User | None:
        user = ACCOUNT.first(id=user_id)
        return user if user and self.user_can_authenticate(user) else None
