"""How often each page asks the database: counted in a process of its own, by its settings.

python manage.py shell -c "from bench.queries import count; print(count([...]))"
"""

import json
import sys
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from assessments import rendered
from bench.pages import SECRET


def count(requests: Sequence[tuple[Any, ...]]) -> str:
    """What all pages of a kind share is in memory by then. `anew`: what is a page's own is not."""
    return json.dumps([_count_warm(*one) for one in requests])


def _count_warm(anew: bool, unchanged: bool, *request: Any) -> int:
    tag = _count(*request)[1]
    if anew:
        rendered.forget_all()
    return _count(*request, tag if unchanged else "")[0]


def _count(
    session: str, path: str, fields: dict[str, str] | None, tag: str = ""
) -> tuple[int, str]:
    """And the tag of the page."""
    headers = {"host": "127.0.0.1"} | ({"if-none-match": tag} if tag else {})
    client = Client(headers=headers)
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
        client.cookies[settings.CSRF_COOKIE_NAME] = SECRET
    with CaptureQueriesContext(connection) as asked:
        if fields is None:
            response = client.get(path)
        else:
            kind = "application/x-www-form-urlencoded"
            response = client.post(path, urlencode(fields), content_type=kind)
        if response.status_code not in ((304,) if tag else (200, 302)):
            sys.exit(f"{path} answered {response.status_code}")
    return len(asked), response.get("ETag", "")
