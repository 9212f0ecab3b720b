"""One release of O*NET as frozen values, checked."""

import re
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from assessments.domain.onet import Rating, Share

from .onet_archive import ENDING, OnetFiles
from .onet_tables import Problem, Problems

README = "Read Me"
NAME = re.compile(r"O\*NET\S*\s+(?:Database\s+)?(\d+\.\d+)\b")
PERIOD = re.compile(r"\b([A-Z][a-z]+ (?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Bounds:
    name: str
    low: Decimal
    high: Decimal


@dataclass(frozen=True)
class Element:
    """`anchors` by level, which may have been rounded; `kind` is a group of requirements."""

    id: str
    name: str
    description: str
    kind: str
    anchors: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Zone:
    number: int
    name: str
    experience: str
    education: str
    training: str
    preparation: str


@dataclass(frozen=True, slots=True)
class Technology:
    name: str
    kind: str
    hot: bool
    in_demand: bool


@dataclass(frozen=True, slots=True)
class Found:
    """All that a release says of one occupation; `related` holds code and tier, in order."""

    code: str
    title: str
    description: str
    zone: int | None
    tasks: tuple[str, ...]
    ratings: tuple[Rating, ...]
    shares: tuple[Share, ...]
    technologies: tuple[Technology, ...]
    titles: tuple[str, ...]
    related: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OnetRelease:
    """Elements in natural order, occupations by code. `sha256` is of every file read."""

    name: str
    period: str
    level: Bounds
    importance: Bounds
    elements: dict[str, Element]
    zones: dict[int, Zone]
    occupations: dict[str, Found]
    not_joined: tuple[str, ...]
    notes: tuple[str, ...]
    sha256: str


def edition(files: OnetFiles, problems: Problems) -> tuple[str, str]:
    """Name and period: nothing but the first two lines of the read-me says them."""
    if README not in files:
        message = _("It is missing. Take the complete text edition of the release.")
        raise_one(README + ENDING, message, problems)
    lines = [*files.text(README).splitlines(), "", ""]
    name, period = NAME.search(lines[0]), PERIOD.search(lines[1])
    if not name or not period:
        message = _(
            "The first two lines must name the release, such as “O*NET 29.2 Database” and "
            "“February 2025 Release”. Take the file as it was published."
        )
        raise_one(f"{README}{ENDING}:{1 if not name else 2}", message, problems)
        raise AssertionError
    return f"O*NET {name[1]}", period[1]


def raise_one(where: str, message: str, problems: Problems) -> None:
    problems.found.append(Problem(where, message))
    problems.refuse()
