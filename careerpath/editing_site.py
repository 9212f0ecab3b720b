from collections.abc import Callable
from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.core.checks import register
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from careerpath.checks import broken_promises


class EditingSite(AdminSite):
    """Django's views take every method they do not know for a GET; ours say that it is none."""

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        return super().admin_view(require_http_methods(["GET", "HEAD", "POST"])(view), cacheable)


class EditingConfig(AdminConfig):
    default = False
    default_site = "careerpath.editing_site.EditingSite"

    def ready(self) -> None:
        super().ready()
        register(broken_promises, deploy=True)
        import_string("careerpath.events.connect")()  # signals need the models, which come after us
        import_string("careerpath.recovery.install")()
