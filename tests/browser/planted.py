"""A role full of given words: rows, a published version and answers, all past every form."""

from dataclasses import replace
from datetime import timedelta

from django.utils import timezone

from assessments.actions import assessment as actions
from assessments.domain.definition import Anchor, Fact, Group, Level, Passage
from assessments.models import (
    Answer,
    FieldOfStudy,
    Plan,
    PlanItem,
    Requirement,
    Resource,
    Role,
    RoleVersion,
    Scale,
    ShareLink,
    Skill,
)
from tests import factories
from tests.browser.journey import question_path
from tests.definitions import FIELDS, definition, qualification, requirement, skill
from tests.published import publish

KINDS = ("overview", "responsibility", "task", "reason", "pathway", "pay", "industry", "outlook")
KINDS += ("learning", "demand")
SKILLS = 6


class Words:
    """One text after the other, as many at a time as fit; `used` counts which."""

    def __init__(self, texts):
        self.texts, self.next, self.number, self.used = texts, 0, 0, set()

    def __call__(self, most=120):
        self.number += 1
        found = str(self.number)
        while True:
            text = self.texts[self.next % len(self.texts)]
            if len(found) + len(text) >= most:
                if len(text) + 6 >= most:  # fits nowhere whole
                    self.used.add(self.next % len(self.texts))
                    self.next += 1
                    return f"{found} {text}"[:most]
                return found
            found = f"{found} {text}"
            self.used.add(self.next % len(self.texts))
            self.next += 1
            if len(self.texts) == 1:
                return found


def a_definition(slug, words, address, facts=6):
    slugs = [f"{slug}-{number}" for number in range(SKILLS)]
    asked = [replace(requirement(one), title=words(), reason=words(300)) for one in slugs]
    base = definition(*asked)
    scale = base.scales[0]
    levels = tuple(Level(one.value, words(40), words(200)) for one in scale.levels)
    return replace(
        base,
        slug=slug,
        title=words(),
        summary=words(1000),
        passages=tuple(Passage(kind, words(), words(2000)) for kind in KINDS),
        facts=tuple(a_fact(number, words, address) for number in range(facts)),
        scales=(replace(scale, name=words(), levels=levels),),
        groups=(Group("main", words(), words(300)),),
        skills=tuple(a_skill(one, words, levels) for one in slugs),
        qualifications=(replace(qualification(), title=words(), reason=words(300)),),
        fields=tuple(replace(field, name=words()) for field in FIELDS),
    )


def a_fact(number, words, address):
    return Fact(
        slug=f"fact-{number}",
        label=words(),
        value="1",
        value_to=None,
        unit="percent",
        occupation=words(160),
        source=words(),
        source_url=address(),
        source_date=words(60),
        note=words(600),
    )


def a_skill(slug, words, levels):
    return replace(
        skill(slug),
        name=words(),
        description=words(500),
        category=words(80),
        anchors=tuple(Anchor(level.value, words(300)) for level in levels),
    )


def plant(name, words, member):
    """An open assessment of the member, every question answered with an example."""
    shown = a_definition(name, words, lambda: "https://example.org/a")
    version = publish(shown)
    catalogue(name, words, version.role, shown)
    mine = actions.start(by=member, version=version)
    Answer.objects.bulk_create(
        Answer(assessment=mine, skill=one.slug, level=n % 4, example=words(500), revision=1)
        for n, one in enumerate(shown.skills)
    )
    publish(reworded(shown, words))
    return mine


def reworded(shown, words):
    """The next version, in which nothing says the same as before."""
    first, *rest = shown.skills
    anchors = tuple(replace(anchor, text=words(300)) for anchor in first.anchors)
    return replace(
        shown,
        summary=words(1000),
        skills=(replace(first, name=words(), anchors=anchors), *rest),
        requirements=tuple(replace(one, title=words(), level=4) for one in shown.requirements),
    )


def keep(mine, words):
    """A plan for two skills of the report, and a link that shows all of it."""
    plan = Plan.objects.create(member=mine.member)
    for one in mine.version.definition.requirements[:2]:
        PlanItem.objects.create(
            plan=plan,
            assessment=mine,
            requirement=one.slug,
            skill=one.skills[0],
            from_level=0,
            to_level=3,
            notes=words(1000),
        )
    return ShareLink.objects.create(
        assessment=mine, scope="examples", expires_at=timezone.now() + timedelta(days=7)
    )


def catalogue(name, words, role, shown):
    scale = factories.ScaleFactory(slug=name, name=words())
    group = factories.GroupFactory(role=role, title=words(), intro=words(300))
    resource = factories.ResourceFactory(
        slug=name, name=words(), provider=words(), purpose=words(500)
    )
    for one in shown.skills:
        row = factories.SkillFactory(
            slug=one.slug,
            name=one.name,
            description=words(500),
            category=words(80),
            scale=scale,
            anchors=[words(300) for _level in range(5)],
        )
        factories.RequirementFactory(group=group, title=words(), reason=words(300), skills=[row])
        factories.ResourceLinkFactory(resource=resource, skill=row, reason=words(200))
    factories.PassageFactory(role=role, title=words(), text=words(2000))
    factories.FactFactory(role=role, label=words(), source=words(), note=words(600))
    study = factories.FieldOfStudyFactory(slug=name, name=words())
    row = factories.QualificationFactory(role=role, title=words(), reason=words(300))
    row.fields.add(study)


def member_pages(name, mine):
    asked = [question_path(mine.key, one.slug) for one in mine.version.definition.skills[:2]]
    role, own = f"/roles/{name}/", f"/assessments/{mine.key}/"
    pages = ["/", "/roles/", role, f"{role}start/", "/assessments/", own, *asked]
    return [*pages, f"{own}review/", f"{own}qualifications/", f"{own}version/"]


def account_pages():
    return ["/accounts/", "/accounts/email/", "/accounts/sessions/", "/account/"]


def report_pages(mine, link):
    own = f"/reports/{mine.key}/"
    pages = [own, "/assessments/", f"{own}version/", f"{own}share/", f"/shared/{link.token}/"]
    planned = [f"/plan/{item.skill}/" for item in PlanItem.objects.filter(assessment=mine)]
    start = f"/roles/{mine.version.role.slug}/start/"
    return [*pages, f"/plan/add/{mine.key}/", "/plan/", *planned, start]


def editor_pages(member):
    """Of the newest row of each kind."""
    pages = ["", "assessments/changes/", "assessments/resourcelink/"]
    for model in (FieldOfStudy, Requirement, Resource, Role, RoleVersion, Scale, Skill):
        name, row = model._meta.model_name, model.objects.order_by("pk").last().pk
        pages += [f"assessments/{name}/", f"assessments/{name}/{row}/change/"]
        pages += [f"assessments/{name}/{row}/history/"]
    newest = Role.objects.order_by("pk").last().pk
    version = RoleVersion.objects.order_by("pk").last().pk
    pages += [f"assessments/role/{newest}/publish/", "assessments/user/"]
    pages += [f"assessments/roleversion/{version}/health/"]
    pages += [f"assessments/user/{member.pk}/change/", "account/emailaddress/"]
    pages += [f"assessments/resource/{Resource.objects.order_by('pk').last().pk}/delete/"]
    return [f"/admin/{page}" for page in pages]
