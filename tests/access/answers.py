"""What of an answer could tell somebody something."""

import re
from urllib.parse import unquote

from django.conf import settings

CHANGING = {"Expires", "X-Request-ID"}
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="\w{64}"')


def as_bytes(response, address):
    """All of an answer but times, form tokens, and the address that was asked for."""
    headers = {name: one for name, one in response.items() if name not in CHANGING}
    if "Location" in headers:
        headers["Location"] = unquote(headers["Location"]).replace(unquote(address), "here")
    body = TOKEN.sub(b"", response.whole).replace(address.encode(), b"here")
    cookies = sorted(name for name in response.cookies if name != settings.CSRF_COOKIE_NAME)
    return response.status_code, headers, cookies, body
