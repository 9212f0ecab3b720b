"""The forms of allauth in our own words: what they check stays theirs.

Each form is the one of allauth with `PlainWords` in front; settings.ACCOUNT_FORMS and
settings.MFA_FORMS name them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.validators import MaxLengthValidator
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from assessments.models import User

from .characters import plain_address

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

EMAIL_LENGTH = 254
NAME_LENGTH = 60


@dataclass(frozen=True)
class Words:
    label: "StrOrPromise"
    required: "StrOrPromise"
    help_text: "StrOrPromise" = ""
    invalid: "StrOrPromise" = ""
    length: int | None = None
    validators: tuple[Callable[[str], None], ...] = ()


EMAIL = Words(
    label=_("E-mail address"),
    required=_("Enter your e-mail address"),
    invalid=_("Enter an e-mail address like name@example.org"),
    length=EMAIL_LENGTH,
)
NEW_EMAIL = replace(EMAIL, validators=(plain_address,))
PASSWORD = Words(label=_("Password"), required=_("Enter your password"))
NEW_PASSWORD = Words(
    label=_("New password"),
    required=_("Enter a new password"),
    help_text=_("At least 12 characters. A few words in a row are easy to remember."),
)
SECOND_FACTOR_CODE = Words(
    label=_("Code"),
    required=_("Enter the code"),
    help_text=_("The 6 digits in your authenticator app, or one of your recovery codes."),
)


class PlainWords(forms.Form):
    """Labels, hints and errors in plain words, and errors from the server alone."""

    use_required_attribute = False
    words: ClassVar[Mapping[str, Words]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words in self.words.items():
            field = self.fields[name]
            field.label = words.label
            field.help_text = words.help_text
            field.error_messages |= {"required": words.required}
            if words.invalid:
                field.error_messages |= {"invalid": words.invalid}
            field.validators = [*field.validators, *words.validators]
            if words.length:
                field.validators = [*field.validators, max_length(words.length)]
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.form_show_errors = False  # the summary and account/_field.html show them
        self.helper.layout = Layout(
            *(Field(name, template="account/_field.html") for name in self.fields)
        )


def max_length(length: int) -> MaxLengthValidator:
    return MaxLengthValidator(
        length, _("Shorten this to %(limit_value)d characters: it has %(show_value)d")
    )


class OneNewPassword(PlainWords):
    """Typed once: the page can show it, and typing it twice helps no password manager."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("password2", None)
        self.helper.layout.fields = [
            field for field in self.helper.layout.fields if "password2" not in field.fields
        ]


class SignupForm(PlainWords, account.SignupForm):
    words = {
        "email": NEW_EMAIL,
        "password1": Words(
            label=_("Password"),
            required=_("Enter a password of at least 12 characters"),
            help_text=NEW_PASSWORD.help_text,
        ),
    }

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """A password is hashed either way, or the time would tell who has an account."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        saved: tuple[User | None, HttpResponse | None] = super().try_save(request)
        return saved


class LoginForm(PlainWords, account.LoginForm):
    words = {"login": EMAIL, "password": PASSWORD}


class ReauthenticateForm(PlainWords, account.ReauthenticateForm):
    words = {"password": PASSWORD}


class ChangePasswordForm(OneNewPassword, account.ChangePasswordForm):
    words = {
        "oldpassword": Words(
            label=_("Current password"), required=_("Enter your current password")
        ),
        "password1": NEW_PASSWORD,
    }


class SetPasswordForm(OneNewPassword, account.SetPasswordForm):
    """For an account whose password was taken away in the admin."""

    words = {"password1": NEW_PASSWORD}


class ResetPasswordForm(PlainWords, account.ResetPasswordForm):
    words = {"email": EMAIL}


class ResetPasswordKeyForm(OneNewPassword, account.ResetPasswordKeyForm):
    words = {"password1": NEW_PASSWORD}


class ConfirmEmailForm(PlainWords, account.ConfirmEmailVerificationCodeForm):
    words = {"code": Words(label=_("Code"), required=_("Enter the code from our e-mail"))}


class ChangeEmailForm(PlainWords, account.AddEmailForm):
    words = {
        "email": Words(
            label=_("New e-mail address"),
            required=_("Enter your new e-mail address"),
            invalid=EMAIL.invalid,
            length=EMAIL_LENGTH,
            validators=NEW_EMAIL.validators,
        )
    }

    def clean_email(self) -> str:
        email: str = super().clean_email()
        if not settings.MAIL_IS_SENT:
            others = User.objects.exclude(pk=self.user.pk)
            if others.filter(email__iexact=email).exists():
                raise get_adapter().validation_error("email_taken")
        return email

    def save(self, request: HttpRequest) -> EmailAddress:
        """Where no mail is sent, no code can arrive: the address counts as it was typed."""
        if settings.MAIL_IS_SENT:
            return super().save(request)
        address = EmailAddress.objects.add_new_email(
            request, self.user, self.cleaned_data["email"], send_verification=False
        )
        EmailConfirmationHMAC(address).confirm(request)
        return address


class AuthenticateForm(PlainWords, mfa.AuthenticateForm):
    words = {"code": SECOND_FACTOR_CODE}


class ReauthenticateByCodeForm(PlainWords, mfa.ReauthenticateForm):
    words = {"code": SECOND_FACTOR_CODE}


class ActivateTOTPForm(PlainWords, totp.ActivateTOTPForm):
    words = {
        "code": Words(
            label=_("Code"),
            required=_("Enter the code that your app shows"),
            help_text=_("The 6 digits that your app shows now."),
        )
    }


class AddPasskeyForm(PlainWords, webauthn.AddWebAuthnForm):
    words = {
        "name": Words(
            label=_("Name"),
            required=_("Enter a name"),
            help_text=_("So that you can tell your passkeys apart, such as “Phone”."),
            length=NAME_LENGTH,
        ),
        "passwordless": Words(
            label=_("Sign in with it alone, without a password"),
            required="",
            help_text=_(
                "Your device then asks for your fingerprint, your face or a PIN. "
                "Untick this for a simple security key."
            ),
        ),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].initial = True
        self.fields["credential"].error_messages |= {
            "required": _("Press the button and follow what your browser says")
        }


class RenamePasskeyForm(PlainWords, webauthn.EditWebAuthnForm):
    words = {
        "name": Words(label=_("Name"), required=_("Enter a name"), length=NAME_LENGTH),
    }
