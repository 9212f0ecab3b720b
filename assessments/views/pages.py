"""The front page, and two answers for the operator."""

import logging
from typing import Any

from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from assessments.access import published_role
from assessments.domain.questions import minutes, questions
from assessments.models import SearchEntry
from assessments.search import kept_by_editors
from assessments.unchanged import unless_unchanged

ROLES_ON_FRONT_PAGE = 6

logger = logging.getLogger(__name__)


@require_safe
@unless_unchanged
def home(request: HttpRequest) -> HttpResponse:
    """The roles that editors keep; the others are one search away."""
    roles = kept_by_editors(ROLES_ON_FRONT_PAGE)
    context: dict[str, Any] = {"roles": roles, "count": SearchEntry.objects.count()}
    if roles:
        definition = published_role(roles[0].role.slug).definition
        context |= {
            "first": roles[0],
            "minutes": minutes(definition),
            "question_count": len(questions(definition)),
        }
    return render(request, "assessments/home.html", context)


@never_cache
@require_safe
def livez(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The process answers and its database does."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            cursor.fetchone()
    except DatabaseError:
        logger.exception("Not ready: the database does not answer")
        return HttpResponse(
            "the database does not answer\n", content_type="text/plain; charset=utf-8", status=503
        )
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")
