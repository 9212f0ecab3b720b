"""What one look at a link says about its health."""

from dataclasses import dataclass
from enum import StrEnum

WORKS, BROKEN = "works", "broken"


class Finding(StrEnum):
    WORKS = "works"
    GONE = "gone"  # the site itself says that the page is not there
    SILENT = "silent"  # nobody answered; it may be a bad day
    UNCLEAR = "unclear"  # says nothing about people who use a browser


class Detail(StrEnum):
    """Why; beside these a detail is "http-" and the status of the answer."""

    REFUSED = "refused"
    NO_NAME = "no-name"
    NO_CONNECTION = "no-connection"
    CERTIFICATE = "certificate"
    LEADS_INSIDE = "leads-inside"
    TOO_SLOW = "too-slow"
    TOO_LARGE = "too-large"
    NOT_HTTP = "not-http"
    REDIRECT_REFUSED = "redirect-refused"
    TOO_MANY_REDIRECTS = "too-many-redirects"


@dataclass(frozen=True)
class Outcome:
    finding: Finding
    detail: str


@dataclass(frozen=True)
class Health:
    status: str
    detail: str


def of_status(status: int) -> Outcome:
    """Many sites answer machines with 403 or 429: only "not here" and "gone" are an answer."""
    if 200 <= status < 400:
        finding = Finding.WORKS
    elif status in (404, 410):
        finding = Finding.GONE
    else:
        finding = Finding.UNCLEAR
    return Outcome(finding, f"http-{status}")


def health_after(before: Health, outcome: Outcome) -> Health:
    """Silence counts as broken the second time in a row."""
    detail = f"{outcome.finding}:{outcome.detail}"
    if outcome.finding is Finding.WORKS:
        return Health(WORKS, detail)
    if outcome.finding is Finding.GONE or (
        outcome.finding is Finding.SILENT and before.detail.startswith(f"{Finding.SILENT}:")
    ):
        return Health(BROKEN, detail)
    return Health(before.status, detail)
