"""What a draft would do to reports that are already finished, were they made under it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from .carrying import carrying
from .definition import Definition
from .disclosure import safe_count, safe_counts
from .gaps import Answers, result


@dataclass(frozen=True)
class Impact:
    """Numbers of people, made safe to show; None where there are too few.

    Each finished report counts once: as under its own version, against the draft. An answer to
    a question that the draft words otherwise does not count there.
    """

    finished: int | None
    more: int | None
    fewer: int | None
    same: int | None


def impact(finished: Iterable[tuple[Definition, Answers]], draft: Definition) -> Impact:
    counts: Counter[str] = Counter(more=0, fewer=0, same=0)
    for definition, answers in finished:
        before = len(result(definition, answers).met)
        kept = carrying(definition, draft, answers).kept
        after = len(result(draft, {slug: answers[slug] for slug in kept}).met)
        counts["more" if after > before else "fewer" if after < before else "same"] += 1
    safe = safe_counts(counts)
    return Impact(
        finished=safe_count(counts.total()),
        more=safe["more"],
        fewer=safe["fewer"],
        same=safe["same"],
    )
