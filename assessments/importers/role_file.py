"""A role file (YAML) turned into a Definition, or into a list of errors with their lines.

Pure: it asks no database. The schema stands in docs/role-file.md.
"""

import re
from collections.abc import Callable
from typing import TypeVar

import yaml

from assessments.domain.answers import Degree
from assessments.domain.crosswalk import ELEMENT
from assessments.domain.definition import (
    Anchor,
    Correspondence,
    Definition,
    Fact,
    Field,
    Group,
    Level,
    Link,
    Passage,
    Qualification,
    Requirement,
    Resource,
    Scale,
    Skill,
    plain_decimal,
)
from assessments.domain.publishing import RESERVED_SLUGS
from assessments.importers.role_file_checks import HIGHEST_LEVEL, check, in_draft_order
from assessments.importers.yaml_nodes import Reader, UnreadableFile, compose
from assessments.models import Correspondence as CorrespondenceRow
from assessments.models import Fact as FactRow
from assessments.models import Passage as PassageRow
from assessments.models import Resource as ResourceRow

FORMAT = "careerpath-role/1"
QUERY = "{query}"
OCCUPATION = re.compile(r"[0-9]{2}-[0-9]{4}\.[0-9]{2}")
SECTIONS = ("facts", "scales", "groups", "requirements", "qualifications", "fields", "skills")
FACT_KEYS = (
    *("slug", "label", "value", "value_to?", "unit", "occupation?"),
    *("source", "source_url?", "source_date", "note?"),
)

REQUIREMENT_KEYS = (
    *("slug", "title", "group", "skills", "level", "importance", "essential", "reason?"),
    "imprecise?",  # known, to be refused with its reason
)

Item = TypeVar("Item")


def parse(content: bytes) -> Definition:
    """Raises UnreadableFile with every error found."""
    parser = _Parser()
    found = parser.definition(compose(content))
    if not parser.read.errors:
        check(found, parser.nodes, parser.read)
    if parser.read.errors:
        raise UnreadableFile(parser.read.errors)
    return in_draft_order(found)


class _Parser:
    """One method for each kind of mapping in the file; `nodes` remembers where each stands."""

    def __init__(self) -> None:
        self.read = Reader()
        self.nodes: dict[int, yaml.Node] = {}

    def definition(self, root: yaml.Node) -> Definition:
        keys = ("format", "role", *(f"{name}?" for name in SECTIONS), "resources?")
        top = self.read.mapping(root, keys, "the file")
        if "format" in top and self.read.text(top["format"], 40) != FORMAT:
            self.read.error(top["format"], f"Only the format {FORMAT} is read here.")
        keys = ("slug", "title", "summary", "occupations?", "passages?")
        role = self.read.mapping(top["role"], keys, "the role") if "role" in top else {}
        return Definition(
            slug=self.read.slug(role.get("slug"), taken=RESERVED_SLUGS),
            title=self.read.text(role.get("title"), 120),
            summary=self.read.text(role.get("summary"), 1000, lines=True),
            passages=self.each(role.get("passages"), "passages", self.passage),
            facts=self.each(top.get("facts"), "facts", self.fact),
            scales=self.each(top.get("scales"), "scales", self.scale),
            groups=self.each(top.get("groups"), "groups", self.group),
            requirements=self.each(top.get("requirements"), "requirements", self.requirement),
            qualifications=self.each(
                top.get("qualifications"), "qualifications", self.qualification
            ),
            fields=self.each(top.get("fields"), "fields", self.field),
            skills=self.each(top.get("skills"), "skills", self.skill),
            resources=self.each(top.get("resources"), "resources", self.resource),
            occupations=self.occupations(role.get("occupations")),
        )

    def each(
        self, node: yaml.Node | None, what: str, build: Callable[[yaml.Node], Item]
    ) -> tuple[Item, ...]:
        found = []
        for one in self.read.items(node, what):
            item = build(one)
            self.nodes[id(item)] = one
            found.append(item)
        return tuple(found)

    def slugs(self, node: yaml.Node | None, what: str) -> tuple[str, ...]:
        return tuple(self.read.slug(one) for one in self.read.items(node, what))

    def occupations(self, node: yaml.Node | None) -> tuple[str, ...]:
        codes: dict[str, None] = {}
        for one in self.read.items(node, "occupations"):
            code = self.read.text(one, 10)
            if code and not OCCUPATION.fullmatch(code):
                self.read.error(one, "Write an O*NET-SOC code, like 15-2031.00")
            if code in codes:
                self.read.error(one, f"The code “{code}” stands here twice. Remove one.")
            codes[code] = None
        return tuple(codes)

    def passage(self, node: yaml.Node) -> Passage:
        found = self.read.mapping(node, ("kind", "title?", "text"), "the passage")
        return Passage(
            kind=self.read.choice(found.get("kind"), PassageRow.Kind.values),
            title=self.read.text(found.get("title"), 120, blank=True),
            text=self.read.text(found.get("text"), 2000, lines=True),
        )

    def fact(self, node: yaml.Node) -> Fact:
        found = self.read.mapping(node, FACT_KEYS, "the fact")
        value = self.read.decimal(found.get("value"))
        value_to = self.read.decimal(found.get("value_to"))
        if value is None and "value" in found:
            self.read.error(found["value"], "A fact needs its figure.")
        if value is not None and value_to is not None and value_to <= value:
            self.read.error(found["value_to"], "The upper end must be above the figure.")
        return Fact(
            slug=self.read.slug(found.get("slug")),
            label=self.read.text(found.get("label"), 120),
            value="" if value is None else plain_decimal(value),
            value_to=None if value_to is None else plain_decimal(value_to),
            unit=self.read.choice(found.get("unit"), FactRow.Unit.values),
            occupation=self.read.text(found.get("occupation"), 160, blank=True),
            source=self.read.text(found.get("source"), 200),
            source_url=self.read.address(found.get("source_url"), blank=True),
            source_date=self.read.text(found.get("source_date"), 60),
            note=self.read.text(found.get("note"), 600, blank=True, lines=True),
        )

    def scale(self, node: yaml.Node) -> Scale:
        found = self.read.mapping(node, ("slug", "name", "levels"), "the scale")
        levels = self.each(found.get("levels"), "levels", self.level)
        if levels and [level.value for level in levels] != list(range(len(levels))):
            self.read.error(found["levels"], "Number the levels 0, 1, 2 … in this order.")
        return Scale(
            slug=self.read.slug(found.get("slug")),
            name=self.read.text(found.get("name"), 120),
            levels=levels,
        )

    def level(self, node: yaml.Node) -> Level:
        found = self.read.mapping(node, ("level", "word", "meaning?"), "the level")
        return Level(
            value=self.read.integer(found.get("level"), 0, HIGHEST_LEVEL),
            word=self.read.text(found.get("word"), 40),
            meaning=self.read.text(found.get("meaning"), 200, blank=True),
        )

    def group(self, node: yaml.Node) -> Group:
        found = self.read.mapping(node, ("slug", "title", "intro?"), "the group")
        return Group(
            slug=self.read.slug(found.get("slug")),
            title=self.read.text(found.get("title"), 120),
            intro=self.read.text(found.get("intro"), 300, blank=True),
        )

    def requirement(self, node: yaml.Node) -> Requirement:
        found = self.read.mapping(node, REQUIREMENT_KEYS, "the requirement")
        if "imprecise" in found:
            message = "Only targets imported from a survey can be imprecise. Remove this key."
            self.read.error(found["imprecise"], message)
        skills = self.slugs(found.get("skills"), "skills")
        if not skills:
            self.read.error(node, "Name at least one skill: skills: [python]")
        return Requirement(
            slug=self.read.slug(found.get("slug")),
            title=self.read.text(found.get("title"), 160),
            group=self.read.slug(found.get("group")),
            skills=skills,
            level=self.read.integer(found.get("level"), 1, HIGHEST_LEVEL),
            importance=self.read.integer(found.get("importance"), 1, 5),
            essential=self.read.boolean(found.get("essential")),
            reason=self.read.text(found.get("reason"), 300, blank=True),
        )

    def qualification(self, node: yaml.Node) -> Qualification:
        keys = ("slug", "title", "degrees", "fields?", "essential", "importance", "reason?")
        found = self.read.mapping(node, keys, "the qualification")
        degrees = tuple(
            self.read.choice(one, [degree.value for degree in Degree])
            for one in self.read.items(found.get("degrees"), "degrees")
        )
        if not degrees:
            self.read.error(node, "Name at least one degree: degrees: [master]")
        return Qualification(
            slug=self.read.slug(found.get("slug")),
            title=self.read.text(found.get("title"), 200),
            degrees=degrees,
            fields=self.slugs(found.get("fields"), "fields"),
            essential=self.read.boolean(found.get("essential")),
            importance=self.read.integer(found.get("importance"), 1, 5),
            reason=self.read.text(found.get("reason"), 300, blank=True),
        )

    def field(self, node: yaml.Node) -> Field:
        found = self.read.mapping(node, ("slug", "name"), "the field")
        return Field(self.read.slug(found.get("slug")), self.read.text(found.get("name"), 120))

    def skill(self, node: yaml.Node) -> Skill:
        keys = ("slug", "name", "category", "scale", "description?", "anchors", "correspondences?")
        found = self.read.mapping(node, keys, "the skill")
        return Skill(
            slug=self.read.slug(found.get("slug")),
            name=self.read.text(found.get("name"), 120),
            category=self.read.text(found.get("category"), 80),
            scale=self.read.slug(found.get("scale")),
            description=self.read.text(found.get("description"), 500, blank=True, lines=True),
            anchors=self.anchors(found.get("anchors")),
            correspondences=self.each(
                found.get("correspondences"), "correspondences", self.correspondence
            ),
        )

    def correspondence(self, node: yaml.Node) -> Correspondence:
        found = self.read.mapping(node, ("kind", "code", "loose"), "the correspondence")
        kind = self.read.choice(found.get("kind"), CorrespondenceRow.Kind.values)
        code = self.read.text(found.get("code"), 200)
        if kind == CorrespondenceRow.Kind.ELEMENT and code and not ELEMENT.fullmatch(code):
            self.read.error(found["code"], "Write the id of an element, like 2.B.3.e")
        return Correspondence(kind, code, self.read.boolean(found.get("loose")))

    def anchors(self, node: yaml.Node | None) -> tuple[Anchor, ...]:
        if node is None:
            return ()
        levels = [f"{level}?" for level in range(HIGHEST_LEVEL + 1)]
        found = self.read.mapping(node, levels, "the anchors")
        anchors = []
        for level, text in found.items():
            anchor = Anchor(int(level), self.read.text(text, 300))
            self.nodes[id(anchor)] = text
            anchors.append(anchor)
        return tuple(anchors)

    def resource(self, node: yaml.Node) -> Resource:
        keys = (
            "slug",
            "name",
            "provider",
            "kind",
            "cost",
            "url",
            "purpose",
            "search_url?",
            "links",
        )
        found = self.read.mapping(node, keys, "the resource")
        return Resource(
            slug=self.read.slug(found.get("slug")),
            name=self.read.text(found.get("name"), 120),
            provider=self.read.text(found.get("provider"), 120),
            kind=self.read.choice(found.get("kind"), ResourceRow.Kind.values),
            cost=self.read.choice(found.get("cost"), ResourceRow.Cost.values),
            url=self.read.address(found.get("url")),
            purpose=self.read.text(found.get("purpose"), 500, lines=True),
            search_url=self.search(found.get("search_url")),
            links=self.each(found.get("links"), "links", self.link),
        )

    def search(self, node: yaml.Node | None) -> str:
        text = self.read.address(node, blank=True, placeholder=QUERY)
        if node is not None and text and text.count(QUERY) != 1:
            self.read.error(node, f"Put {QUERY} once where the words to search for belong.")
        return text

    def link(self, node: yaml.Node) -> Link:
        found = self.read.mapping(
            node, ("skill", "from", "to", "url", "reason", "hours?"), "the link"
        )
        return Link(
            skill=self.read.slug(found.get("skill")),
            from_level=self.read.integer(found.get("from"), 0, HIGHEST_LEVEL),
            to_level=self.read.integer(found.get("to"), 0, HIGHEST_LEVEL),
            url=self.read.address(found.get("url")),
            reason=self.read.text(found.get("reason"), 200),
            hours=self.read.integer(found["hours"], 1, 5000) if "hours" in found else None,
        )
