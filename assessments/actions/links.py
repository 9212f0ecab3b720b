from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from assessments.domain.links import Finding, Health, Outcome, health_after
from assessments.fetching import Fetcher
from assessments.models import ResourceLink


class LinkChecksAreOff(Exception):
    """This site visits no other site, unless its operator says so."""


@dataclass(frozen=True)
class Checked:
    link: ResourceLink  # as it is now
    outcome: Outcome
    recorded: bool

    @property
    def is_broken(self) -> bool:
        return self.link.health == ResourceLink.Health.BROKEN


def record(*, link: ResourceLink, outcome: Outcome, at: datetime) -> bool:
    """Whether it was kept: not if the link was given another address meanwhile, or is gone."""
    health = health_after(Health(link.health, link.check_detail), outcome)
    values = {"health": health.status, "check_detail": health.detail, "checked_at": at}
    found = ResourceLink.objects.filter(pk=link.pk, url=link.url).update(**values)
    if found:
        for name, value in values.items():
            setattr(link, name, value)
    return bool(found)


def due(
    *, every_one: bool = False, older_than: int = 0, limit: int | None = None
) -> list[ResourceLink]:
    """Links to look at, longest unseen first. `older_than` counts days."""
    links = ResourceLink.objects.select_related("resource", "skill")
    if not every_one:
        before = timezone.now() - timedelta(days=older_than)
        links = links.filter(Q(checked_at=None) | Q(checked_at__lt=before))
    return list(links.order_by(F("checked_at").asc(nulls_first=True), "pk")[:limit])


def check(
    *, links: list[ResourceLink], look: Callable[[str], Outcome] | None = None
) -> Iterator[Checked]:
    """Looks at each address once, however many links share it."""
    if not settings.LINK_CHECKS:
        raise LinkChecksAreOff
    look = look or Fetcher().look
    by_url: dict[str, list[ResourceLink]] = {}
    for link in links:
        by_url.setdefault(link.url, []).append(link)
    silent: list[tuple[ResourceLink, Outcome]] = []
    somebody_answered = False
    for url, mine in by_url.items():
        outcome = look(url)
        if outcome.finding is Finding.SILENT:
            silent += [(link, outcome) for link in mine]
            continue
        somebody_answered = somebody_answered or outcome.detail.startswith("http-")
        yield from (_checked(link, outcome) for link in mine)
    # If nobody at all answered, it is this computer that has no way out: that says nothing.
    believed = somebody_answered or len({link.url for link, _outcome in silent}) == 1
    for link, outcome in silent:
        yield _checked(link, outcome) if believed else Checked(link, outcome, recorded=False)


def _checked(link: ResourceLink, outcome: Outcome) -> Checked:
    return Checked(link, outcome, record(link=link, outcome=outcome, at=timezone.now()))
