"""What somebody sent that could not be saved, for a page that lets them send it again."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.http.request import UnreadablePostError

FIELDS_KEPT = 5_000
# Never shown again, whatever page they were typed on.
_SECRET = ("password", "code", "csrfmiddlewaretoken")


def kept_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field of a form that was posted from a page of ours, in its order; else nothing.

    A form that another site made is not offered for sending again: the token that it lacked
    would be put into it.
    """
    if request.method != "POST" or not is_from_here(request):
        return []
    try:
        pairs = [(name, value) for name, values in request.POST.lists() for value in values]
    except (UnreadablePostError, ValueError):
        return []
    shown = [pair for pair in pairs if not any(word in pair[0].lower() for word in _SECRET)]
    return shown[:FIELDS_KEPT]


def is_from_here(request: HttpRequest) -> bool:
    """Whether the browser says so, in one of the headers that no page can forge."""
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    parts = urlsplit(said)
    return (parts.scheme, parts.netloc) == (request.scheme, request.get_host())
