"""What of accounts is ours, in place of Django's and allauth's."""

PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
PASSWORD_VALIDATORS = [
    {
        "NAME": "careerpath.passwords.UnlikeAddress",
        "OPTIONS": {"user_attributes": ["email"]},
    },
    {"NAME": "careerpath.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "careerpath.passwords.NotCommon"},
    {"NAME": "careerpath.passwords.NotBreached"},
]


ACCOUNT_FORMS = {
    "add_email": "assessments.forms.account.ChangeEmailForm",
    "change_password": "assessments.forms.account.ChangePasswordForm",
    "confirm_email_verification_code": "assessments.forms.account.ConfirmEmailForm",
    "login": "assessments.forms.account.LoginForm",
    "reauthenticate": "assessments.forms.account.ReauthenticateForm",
    "reset_password": "assessments.forms.account.ResetPasswordForm",
    "reset_password_from_key": "assessments.forms.account.ResetPasswordKeyForm",
    "set_password": "assessments.forms.account.SetPasswordForm",
    "signup": "assessments.forms.account.SignupForm",
}
MFA_FORMS = {
    "activate_totp": "assessments.forms.account.ActivateTOTPForm",
    "add_webauthn": "assessments.forms.account.AddPasskeyForm",
    "authenticate": "assessments.forms.account.AuthenticateForm",
    "edit_webauthn": "assessments.forms.account.RenamePasskeyForm",
    "reauthenticate": "assessments.forms.account.ReauthenticateByCodeForm",
}
