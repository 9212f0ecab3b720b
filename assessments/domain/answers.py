"""What a person says about themselves."""

from dataclasses import dataclass
from enum import StrEnum


class LastDone(StrEnum):
    """When the person last did it without help. Blank: they did not say."""

    THIS_YEAR = "this-year"
    ONE_TO_THREE_YEARS = "1-3-years"
    LONGER_AGO = "longer-ago"
    NEVER = "never"
    NOT_SAID = ""


class Degree(StrEnum):
    """In ascending order."""

    NONE = "none"
    SECONDARY = "secondary"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


@dataclass(frozen=True)
class Answer:
    """A level, or None for "I can't judge this". Unanswered skills have no Answer at all."""

    level: int | None
    last_done: LastDone = LastDone.NOT_SAID

    @property
    def is_over_a_year_old(self) -> bool:
        return self.last_done in (LastDone.ONE_TO_THREE_YEARS, LastDone.LONGER_AGO)


@dataclass(frozen=True)
class Education:
    """The highest degree and the slug of its field: "" where there is none."""

    degree: Degree
    field: str = ""
