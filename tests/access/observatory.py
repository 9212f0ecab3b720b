"""The twelve tests of the HTTP Observatory (algorithm 6), as far as one answer can be seen.

Each gives points; what it calls failed has fewer than none. It starts at 100, and the bonuses count
only where the penalties leave 90. That a name is on the list that browsers bring along (5 more for
HSTS) no answer can show.
"""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

BROAD = {"*", "ftp:", "http:", "https:", "http://*", "http://*.*", "https://*", "https://*.*"}
INLINE = {"'unsafe-inline'", "data:"}
HALF_A_YEAR, A_YEAR = 15_768_000, 31_536_000
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
MOST = 160


@dataclass
class Answer:
    """`over_http` is where the same address leads without TLS."""

    headers: dict[str, str]
    cookies: list = field(default_factory=list)
    html: str = ""
    over_http: str = field(kw_only=True)


class Marks(HTMLParser):
    """What of a page runs or styles by itself."""

    def __init__(self, html):
        super().__init__()
        self.scripts, self.inline = [], []
        self.open = None
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        values = dict(attributes)
        if tag == "script":
            if values.get("src"):
                self.scripts.append(values)
            elif values.get("type") != "application/json":  # data, which nothing runs
                self.inline.append("script")
        if tag == "style":
            self.inline.append("style")
        for name, value in attributes:
            is_code = re.match(r"\s*(javascript|data:text/html)", value or "", re.IGNORECASE)
            if name == "style" or name.startswith("on") or is_code:
                self.inline.append(f"{tag} {name}")


def policy(headers):
    parts = (part.split() for part in headers.get("Content-Security-Policy", "").split(";"))
    return {name: set(sources) for name, *sources in filter(None, parts)}


def score(answer):
    points = results(answer)
    base = 100 + sum(min(one, 0) for one in points.values())
    return base + sum(max(one, 0) for one in points.values()) if base >= 90 else base


def results(answer):
    return {name: test(answer) for name, test in TESTS.items()}


def content_security_policy(answer):
    rules = policy(answer.headers)
    if not rules:
        return -25
    default = rules.get("default-src", {"*"})
    scripts, styles = rules.get("script-src", default), rules.get("style-src", default)
    active = set().union(*(rules[name] for name in rules if name not in ("img-src", "media-src")))
    passive = rules.get("img-src", default) | rules.get("media-src", default)
    if scripts & (BROAD | INLINE) or rules.get("object-src", default) & BROAD:
        return -20
    if any(one.startswith(("http:", "ftp:")) for one in active):
        return -20
    if "'unsafe-eval'" in scripts | styles:
        return -10
    if any(one.startswith(("http:", "ftp:")) for one in passive):
        return -10
    if styles & (BROAD | INLINE):
        return 0
    return 10 if default == {"'none'"} else 5


def cookies(answer):
    """Those that are taken back do not count. Ours all count as those of a session."""
    kept = [one for one in answer.cookies if one.value]
    if not kept:
        return 0
    if not all(one["secure"] for one in kept):
        return -40
    if not all(one["httponly"] for one in kept):
        return -30
    return 5 if all(one["samesite"] in ("Lax", "Strict") for one in kept) else -20


def cross_origin_sharing(answer):
    allowed = answer.headers.get("Access-Control-Allow-Origin")
    return 0 if allowed in (None, "*") else -50


def redirection(answer):
    return 0 if answer.over_http.startswith("https://testserver/") else -20


def referrer_policy(answer):
    said = answer.headers.get("Referrer-Policy")
    return 0 if said is None else 5 if said in PRIVATE else -5


def transport_security(answer):
    said = re.search(r"max-age=(\d+)", answer.headers.get("Strict-Transport-Security", ""))
    return -20 if not said else 0 if int(said[1]) >= HALF_A_YEAR else -10


def subresource_integrity(answer):
    scripts = Marks(answer.html).scripts
    if any(re.match(r"(https?:)?//", one["src"]) for one in scripts):
        return -50
    return 5 if any(one.get("integrity") for one in scripts) else 0


def sniffing(answer):
    return 0 if answer.headers.get("X-Content-Type-Options") == "nosniff" else -5


def framing(answer):
    if "frame-ancestors" in policy(answer.headers):
        return 5
    return 0 if answer.headers.get("X-Frame-Options") in ("DENY", "SAMEORIGIN") else -20


def one_of(header, **points):
    """Absent is no fault; what is not known is."""

    def test(answer):
        said = answer.headers.get(header)
        return 0 if said is None else points.get(said.replace("-", "_"), -5)

    return test


TESTS = {
    "content-security-policy": content_security_policy,
    "cookies": cookies,
    "cross-origin-resource-sharing": cross_origin_sharing,
    "redirection": redirection,
    "referrer-policy": referrer_policy,
    "strict-transport-security": transport_security,
    "subresource-integrity": subresource_integrity,
    "x-content-type-options": sniffing,
    "x-frame-options": framing,
    "cross-origin-resource-policy": one_of(
        "Cross-Origin-Resource-Policy", same_origin=10, same_site=10, cross_origin=0
    ),
    "cross-origin-opener-policy": one_of(
        "Cross-Origin-Opener-Policy", same_origin=10, same_origin_allow_popups=0, unsafe_none=0
    ),
    "cross-origin-embedder-policy": one_of(
        "Cross-Origin-Embedder-Policy", require_corp=10, credentialless=10, unsafe_none=0
    ),
}
