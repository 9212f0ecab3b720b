import re
from collections.abc import Callable, Iterator
from functools import wraps
from inspect import ismethod
from typing import Any

from django.contrib.admin.apps import AdminConfig
from django.contrib.admin.sites import AdminSite
from django.core.checks import register
from django.core.exceptions import BadRequest
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils.module_loading import import_string
from django.views.decorators.http import require_http_methods

from careerpath.checks import broken_promises
from careerpath.editing_files import media_beside

COMPARISONS = {"exact", "in", "isnull", "gt", "gte", "lt", "lte"}
PARTS_OF_DATE = {"year", "month", "day"}
# Patterns, ranges, weeks: a database may make no sense of what they are compared with.
NOT_OFFERED = {
    *models.CharField().get_lookups(),
    *models.DateTimeField().get_lookups(),
    *models.JSONField().get_lookups(),
} - (COMPARISONS | PARTS_OF_DATE)
LIKE_PART_OF_DATE = re.compile(r"(?!9999)[1-9][0-9]{0,3}")  # the year after must exist
# More digits than any key has: int() refuses thousands of them, and databases some dozens.
TOO_LONG = re.compile(r"(^|,)\s*[+-]?\d[\d_]{18,}\s*(,|$)")
HIGHEST = 10**18 - 1
SEARCHED_FOR = {"q", "term"}  # texts, not numbers
LIST_BEFORE = "_changelist_filters"  # its whole query, so that one comes back to it


class EditingSite(AdminSite):
    """Django's views take every method they do not know for a GET; ours say that it is none.

    They also hand the database whatever an address asks for; what it cannot answer is refused.
    """

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        if ismethod(view):  # of a class of Django's; functions are ours, and read with forms
            view = _answerable(view)
        methods = require_http_methods(["GET", "HEAD", "POST"])
        return super().admin_view(methods(_findable(view)), cacheable)


def _findable(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if any(isinstance(one, int) and one > HIGHEST for one in kwargs.values()):
            raise Http404("No row has such a number")
        answer: HttpResponse = view(request, *args, **kwargs)
        context = answer.context_data if isinstance(answer, TemplateResponse) else None
        if context and "media" in context:
            context["media"] = media_beside(context)
        return answer

    return asked


def _answerable(view: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        for name, value in _parameters(request.GET):
            if "\0" in value:  # PostgreSQL would not compare with it
                raise BadRequest("A filter with a NUL")
            lookups = set(name.split("__")[1:])
            if lookups & NOT_OFFERED:
                raise BadRequest("A filter of a kind that no page offers")
            if lookups & PARTS_OF_DATE and not LIKE_PART_OF_DATE.fullmatch(value):
                raise BadRequest("A filter by a date that does not exist")
            if name not in SEARCHED_FOR and TOO_LONG.search(value):
                raise BadRequest("A filter by a number that nothing has")
        answer: HttpResponse = view(request, *args, **kwargs)
        return answer

    return asked


def _parameters(query: QueryDict) -> Iterator[tuple[str, str]]:
    for one in (query, *map(QueryDict, query.getlist(LIST_BEFORE))):
        for name, values in one.lists():
            for value in values:
                yield name, value


class EditingConfig(AdminConfig):
    default = False
    default_site = "careerpath.editing_site.EditingSite"

    def ready(self) -> None:
        super().ready()
        register(broken_promises, deploy=True)
        import_string("careerpath.events.connect")()  # signals need the models, which come after us
        import_string("careerpath.recovery.install")()
