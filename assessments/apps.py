from django.apps import AppConfig
from django.core.checks import register
from django.utils.translation import gettext_lazy as _

from assessments import checks


class AssessmentsConfig(AppConfig):
    name = "assessments"
    verbose_name = _("Career definitions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        register(checks.erasures_can_be_noted, deploy=True)
