"""What the rules find, said in sentences that name the cure."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.domain import anchors
from assessments.domain.differences import Change, ChangeKind, Part
from assessments.domain.links import Detail, Finding
from assessments.domain.publishing import Problem, ProblemKind

PARTS = {
    Part.ROLE: gettext_lazy("Role"),
    Part.PASSAGE: gettext_lazy("Passage"),
    Part.FACT: gettext_lazy("Fact"),
    Part.SCALE: gettext_lazy("Scale"),
    Part.LEVEL: gettext_lazy("Level"),
    Part.GROUP: gettext_lazy("Group"),
    Part.REQUIREMENT: gettext_lazy("Requirement"),
    Part.QUALIFICATION: gettext_lazy("Qualification"),
    Part.FIELD: gettext_lazy("Field of study"),
    Part.SKILL: gettext_lazy("Skill"),
    Part.ANCHOR: gettext_lazy("Sentence"),
    Part.CORRESPONDENCE: gettext_lazy("Counterpart in O*NET"),
    Part.RESOURCE: gettext_lazy("Resource"),
    Part.LINK: gettext_lazy("Link"),
}

ASPECTS = {
    "slug": gettext_lazy("short name"),
    "title": gettext_lazy("title"),
    "name": gettext_lazy("name"),
    "summary": gettext_lazy("summary"),
    "intro": gettext_lazy("introduction"),
    "group": gettext_lazy("group"),
    "skills": gettext_lazy("skills that count"),
    "level": gettext_lazy("required level"),
    "importance": gettext_lazy("importance"),
    "essential": gettext_lazy("essential"),
    "reason": gettext_lazy("reason"),
    "degrees": gettext_lazy("degrees that count"),
    "fields": gettext_lazy("fields that count"),
    "label": gettext_lazy("what it is"),
    "value": gettext_lazy("figure"),
    "value_to": gettext_lazy("upper end"),
    "unit": gettext_lazy("unit"),
    "occupation": gettext_lazy("occupation it describes"),
    "source": gettext_lazy("source"),
    "source_url": gettext_lazy("address of the source"),
    "source_date": gettext_lazy("source’s date"),
    "note": gettext_lazy("note"),
    "text": gettext_lazy("text"),
    "category": gettext_lazy("category"),
    "scale": gettext_lazy("scale"),
    "description": gettext_lazy("description"),
    "word": gettext_lazy("word"),
    "meaning": gettext_lazy("meaning"),
    "provider": gettext_lazy("provider"),
    "kind": gettext_lazy("kind"),
    "cost": gettext_lazy("cost"),
    "url": gettext_lazy("address"),
    "purpose": gettext_lazy("what it is for"),
    "search_url": gettext_lazy("address of the search"),
    "to_level": gettext_lazy("level it leads to"),
    "hours": gettext_lazy("hours it takes"),
    "occupations": gettext_lazy("occupations in the statistics"),
    "loose": gettext_lazy("only overlaps"),
    "imprecise": gettext_lazy("target uncertain"),
}

PROBLEMS = {
    ProblemKind.NO_ANCHORS: gettext_lazy("“%(where)s” has no sentence at any level. Write some."),
    ProblemKind.NO_REQUIREMENTS: gettext_lazy("“%(where)s” asks for nothing. Add a requirement."),
    ProblemKind.NO_SKILL: gettext_lazy("“%(where)s” names no skill. Choose at least one."),
    ProblemKind.UNKNOWN_GROUP: gettext_lazy(
        "“%(where)s” is in the group “%(detail)s”, which this role does not have. Choose another."
    ),
    ProblemKind.REPEATED_SKILL: gettext_lazy(
        "“%(where)s” names the same skill twice. Remove one of them."
    ),
    ProblemKind.MIXED_SCALES: gettext_lazy(
        "“%(where)s” mixes scales (%(detail)s), so its level cannot be met by each of its skills. "
        "Choose skills of one scale."
    ),
    ProblemKind.NO_LEVELS: gettext_lazy("The scale “%(where)s” has no levels. Add some."),
    ProblemKind.TARGET_TOO_HIGH: gettext_lazy(
        "“%(where)s” asks for a level that its scale does not reach. Ask for %(detail)s at most."
    ),
    ProblemKind.NO_RESOURCE: gettext_lazy(
        "“%(where)s” has no resource below its target. Link one that leads up to it."
    ),
    ProblemKind.DUPLICATE_SKILL: gettext_lazy(
        "Two skills are called “%(where)s”. Rename one of them."
    ),
    ProblemKind.DUPLICATE_TITLE: gettext_lazy(
        "Two requirements are called “%(where)s”. Rename one of them."
    ),
    ProblemKind.LEVEL_WITHOUT_RESOURCE: gettext_lazy(
        "“%(where)s” has no resource for somebody at level %(detail)s. Link one that starts there."
    ),
    ProblemKind.EMPTY_GROUP: gettext_lazy(
        "The group “%(where)s” is empty, and is not shown. Give it a requirement, or remove it."
    ),
    ProblemKind.NO_FACTS: gettext_lazy(
        "“%(where)s” has no facts, such as pay or growth. Add one, with its source."
    ),
    ProblemKind.NO_PASSAGES: gettext_lazy(
        "“%(where)s” has no text about the work. Write a passage."
    ),
}


def say_problem(problem: Problem) -> str:
    if problem.anchor:
        return _("%(skill)s: %(problem)s") % {
            "skill": problem.where,
            "problem": anchor_problem(problem.anchor),
        }
    return PROBLEMS[problem.kind] % {"where": problem.where, "detail": problem.detail}


def anchor_problem(problem: anchors.Problem) -> str:
    words = {
        "level": problem.levels[0],
        "other": problem.levels[-1],
        "detail": problem.detail,
        "most": anchors.MAX_LENGTH,
    }
    match problem.kind:
        case anchors.Kind.MISSING:
            return _("Level %(level)s has no sentence. Write one.") % words
        case anchors.Kind.NOT_I:
            return _("Level %(level)s begins with “%(detail)s”. Begin with “I”.") % words
        case anchors.Kind.TOO_LONG:
            return _("Level %(level)s has %(detail)s characters. Shorten it to %(most)s.") % words
        case anchors.Kind.VAGUE:
            return (
                _("Level %(level)s says “%(detail)s”. Say what one does, so that it can be seen.")
                % words
            )
        case anchors.Kind.ALIKE:
            return (
                _("Levels %(level)s and %(other)s are too much alike. Say what sets them apart.")
                % words
            )


def say_change(change: Change) -> str:
    words = {
        "part": PARTS[change.part],
        "name": change.name,
        "aspect": ASPECTS.get(change.aspect, change.aspect),
        "before": _say_value(change.aspect, change.before),
        "after": _say_value(change.aspect, change.after),
    }
    if change.part is Part.ANCHOR and change.aspect:
        return _say_anchor(change, words)
    match change.kind:
        case ChangeKind.ADDED:
            return _("%(part)s added: %(name)s") % words
        case ChangeKind.REMOVED:
            return _("%(part)s removed: %(name)s") % words
        case ChangeKind.MOVED:
            return _("%(part)s order changed") % words
        case ChangeKind.CHANGED:
            return _("%(part)s “%(name)s”, %(aspect)s: %(before)s → %(after)s") % words


def _say_value(aspect: str, value: str) -> str:
    if aspect in ("essential", "loose", "imprecise"):
        return _("yes") if value == "yes" else _("no")
    return value or _("nothing")


def _say_anchor(change: Change, words: dict[str, object]) -> str:
    match change.kind:
        case ChangeKind.ADDED:
            return _("%(name)s, level %(aspect)s: new sentence “%(after)s”") % words
        case ChangeKind.REMOVED:
            return _("%(name)s, level %(aspect)s: sentence removed, it was “%(before)s”") % words
        case _:
            return _("%(name)s, level %(aspect)s: “%(before)s” → “%(after)s”") % words


CHECKS = {
    Detail.REFUSED: gettext_lazy("the address is of a kind that is not visited"),
    Detail.NO_NAME: gettext_lazy("no computer of this name was found"),
    Detail.NO_CONNECTION: gettext_lazy("nobody answered"),
    Detail.CERTIFICATE: gettext_lazy("no trustworthy connection: its certificate is not right"),
    Detail.LEADS_INSIDE: gettext_lazy("the name leads to a computer that is not public"),
    Detail.TOO_SLOW: gettext_lazy("the answer took too long"),
    Detail.TOO_LARGE: gettext_lazy("the answer was too large"),
    Detail.NOT_HTTP: gettext_lazy("the answer was none of a web site"),
    Detail.REDIRECT_REFUSED: gettext_lazy("it leads on to an address that is not visited"),
    Detail.TOO_MANY_REDIRECTS: gettext_lazy("it leads on too often"),
}


def say_check(detail: str) -> str:
    """What a look at a link found, as its row keeps it."""
    finding, _colon, why = detail.partition(":")
    if not why:
        return ""
    if why.startswith("http-"):
        said = _("the site answered with status %(status)s") % {"status": why[5:]}
    else:
        said = str(CHECKS[Detail(why)]) if why in set(Detail) else why
    if finding == Finding.UNCLEAR:
        return _("Unclear: %(said)s. Open it in a browser.") % {"said": said}
    return said[:1].upper() + said[1:] + "."
