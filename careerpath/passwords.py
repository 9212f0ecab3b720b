"""Rules for passwords: Django's own, with errors that say what to do."""

from django.contrib.auth import password_validation as django_rules
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(django_rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return ngettext(
            "Use at least %d character",
            "Use at least %d characters",
            self.min_length,
        ) % (self.min_length)


class NotCommon(django_rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Choose another password: many people use this one, so it is tried first")


class UnlikeAddress(django_rules.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("Choose a password that is less like your e-mail address")
