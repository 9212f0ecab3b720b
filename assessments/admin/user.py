import logging
from typing import Any

from allauth.account.admin import EmailAddressAdmin as AllauthEmailAddressAdmin
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from assessments.actions.forgetting import end_sessions
from assessments.forms.user import NewUserForm, UserForm
from assessments.models import User

from .base import ByKeyMixin

FILTERS = ["is_active", "is_staff", "groups"]
SEEN_BY_SUPPORT = [
    (None, {"fields": ["email", "date_joined", "last_login", "is_active", "is_staff"]}),
]


security = logging.getLogger("security")
admin.site.unregister([EmailAddress, Group])


@admin.register(User)
class UserAdmin(ByKeyMixin, DjangoUserAdmin):
    """Superusers change accounts, support sees them. An account is closed by unticking "active":
    the page that deletes one would have to list the person's answers.
    """

    form = UserForm
    add_form = NewUserForm
    list_display = ["email", "date_joined", "is_active", "is_staff"]
    search_fields = ["email"]
    ordering = ["email"]
    filter_horizontal = ()
    readonly_fields = ["email", "date_joined", "last_login"]
    fieldsets = [
        (None, {"fields": ["email", "date_joined", "last_login"]}),
        (
            gettext_lazy("What this person may do"),
            {"fields": ["is_active", "is_staff", "groups", "is_superuser"]},
        ),
    ]
    add_fieldsets = [
        (
            None,
            {"classes": ["wide"], "fields": ["email", "password1", "password2"]},
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            end_sessions(user=obj)
        if change and "is_active" in form.changed_data:
            security.warning("account opened again" if obj.is_active else "account closed")
        if not change:
            # Whoever is let in by hand has no code to type: the address counts as verified.
            EmailAddress.objects.create(user=obj, email=obj.email, verified=True, primary=True)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if self.has_full_access(request):
            return super().get_fieldsets(request, obj)
        return SEEN_BY_SUPPORT

    def get_list_filter(self, request: HttpRequest) -> list[Any]:
        return FILTERS if self.has_full_access(request) else FILTERS[:2]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """By the filters that the page offers, and by nothing that leads to assessments."""
        field = lookup.partition("__")[0]
        offered = field in self.get_list_filter(request)
        return offered and super().lookup_allowed(lookup, value, request)

    def has_full_access(self, request: HttpRequest) -> bool:
        return request.user.is_active and request.user.is_superuser

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("assessments.view_user")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_full_access(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_full_access(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Group)
class GroupAdmin(ByKeyMixin, DjangoGroupAdmin):
    pass


@admin.register(EmailAddress)
class EmailAddressAdmin(ByKeyMixin, AllauthEmailAddressAdmin):
    pass
