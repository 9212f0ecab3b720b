from collections.abc import Callable
from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.views.decorators.http import require_http_methods


class EditingSite(AdminSite):
    """Django's views take every method they do not know for a GET; ours say that it is none."""

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        return super().admin_view(require_http_methods(["GET", "HEAD", "POST"])(view), cacheable)


class EditingConfig(AdminConfig):
    default = False
    default_site = "careerpath.editing_site.EditingSite"
