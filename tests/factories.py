"""Rows for tests, one factory a model. `role_with()` makes a role that can be published."""

import factory
from factory.django import DjangoModelFactory

from assessments import models

WORDS = ("None", "Aware", "Guided", "Independent", "Leading")
SENTENCES = (
    "I have never tried it",
    "I can follow somebody who shows me how",
    "I finish small pieces while a colleague checks them",
    "I plan and deliver ordinary work by myself",
    "I solve rare, hard cases and teach the others",
)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = models.User

    email = factory.Sequence(lambda n: f"person{n}@example.org")


class ScaleFactory(DjangoModelFactory):
    class Meta:
        model = models.Scale
        django_get_or_create = ("slug",)
        skip_postgeneration_save = True

    slug = "curated"
    name = "Five levels"

    @factory.post_generation
    def levels(self, create, extracted, **kwargs):
        if not self.levels.exists():
            for value, word in enumerate(WORDS):
                ScaleLevelFactory(scale=self, value=value, word=word)


class ScaleLevelFactory(DjangoModelFactory):
    class Meta:
        model = models.ScaleLevel

    scale = factory.SubFactory(ScaleFactory)
    value = factory.Sequence(lambda n: n % 8)
    word = "Level"


class AnchorFactory(DjangoModelFactory):
    class Meta:
        model = models.Anchor

    level = 0
    text = SENTENCES[0]


class SkillFactory(DjangoModelFactory):
    class Meta:
        model = models.Skill
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"skill-{n}")
    name = factory.Sequence(lambda n: f"Skill {n}")
    category = "Skills"
    scale = factory.SubFactory(ScaleFactory)

    @factory.post_generation
    def anchors(self, create, extracted, **kwargs):
        for level, text in enumerate(SENTENCES if extracted is None else extracted):
            AnchorFactory(skill=self, level=level, text=text)


class RoleFactory(DjangoModelFactory):
    class Meta:
        model = models.Role

    slug = factory.Sequence(lambda n: f"role-{n}")
    title = factory.Sequence(lambda n: f"Role {n}")
    summary = "What the role is about."


class PassageFactory(DjangoModelFactory):
    class Meta:
        model = models.Passage

    role = factory.SubFactory(RoleFactory)
    kind = models.Passage.Kind.OVERVIEW
    text = "What the work is."


class FactFactory(DjangoModelFactory):
    class Meta:
        model = models.Fact

    role = factory.SubFactory(RoleFactory)
    slug = factory.Sequence(lambda n: f"fact-{n}")
    label = "Median pay a year"
    value = "85720"
    unit = models.Fact.Unit.USD_PER_YEAR
    source = "A survey"
    source_date = "May 2022"


class GroupFactory(DjangoModelFactory):
    class Meta:
        model = models.RequirementGroup

    role = factory.SubFactory(RoleFactory)
    slug = factory.Sequence(lambda n: f"group-{n}")
    title = factory.Sequence(lambda n: f"Group {n}")


class RequirementFactory(DjangoModelFactory):
    """Asks for one new skill; `skills=[...]` names others, of which one is enough."""

    class Meta:
        model = models.Requirement
        skip_postgeneration_save = True

    group = factory.SubFactory(GroupFactory)
    role = factory.SelfAttribute("group.role")
    slug = factory.Sequence(lambda n: f"requirement-{n}")
    title = factory.Sequence(lambda n: f"Requirement {n}")
    level = 3
    importance = 3
    position = factory.Sequence(lambda n: n)

    @factory.post_generation
    def skills(self, create, extracted, **kwargs):
        for position, skill in enumerate([SkillFactory()] if extracted is None else extracted):
            models.RequirementSkill.objects.create(requirement=self, skill=skill, position=position)


class FieldOfStudyFactory(DjangoModelFactory):
    class Meta:
        model = models.FieldOfStudy

    slug = factory.Sequence(lambda n: f"field-{n}")
    name = factory.Sequence(lambda n: f"Field {n}")


class QualificationFactory(DjangoModelFactory):
    class Meta:
        model = models.Qualification

    role = factory.SubFactory(RoleFactory)
    slug = factory.Sequence(lambda n: f"qualification-{n}")
    title = "Master's degree"
    degrees = ["master"]
    importance = 3


class ResourceFactory(DjangoModelFactory):
    class Meta:
        model = models.Resource

    slug = factory.Sequence(lambda n: f"resource-{n}")
    name = factory.Sequence(lambda n: f"Resource {n}")
    provider = "A provider"
    kind = models.Resource.Kind.COURSE
    cost = models.Resource.Cost.FREE
    url = "https://learn.example.org/"
    purpose = "Courses on everything."


class ResourceLinkFactory(DjangoModelFactory):
    class Meta:
        model = models.ResourceLink

    resource = factory.SubFactory(ResourceFactory)
    skill = factory.SubFactory(SkillFactory)
    from_level = 0
    to_level = 4
    url = "https://learn.example.org/this-skill/"
    reason = "Takes you all the way."


def role_with(*, requirements=3, **role):
    """A role whose draft passes every check that blocks publishing."""
    group = GroupFactory(role=RoleFactory(**role))
    resource = ResourceFactory()
    for _number in range(requirements):
        requirement = RequirementFactory(group=group)
        ResourceLinkFactory(resource=resource, skill=requirement.skills.get())
    return group.role


class NewsletterIssueFactory(DjangoModelFactory):
    class Meta:
        model = models.NewsletterIssue

    subject = factory.Sequence(lambda n: f"News {n}")
    body = "What is new."


class ReleaseFactory(DjangoModelFactory):
    class Meta:
        model = models.Release
        django_get_or_create = ("source",)

    source = models.Release.Source.OEWS
    name = "Wage survey"
    period = "May 2024"
    sha256 = "0" * 64


class WageFactory(DjangoModelFactory):
    class Meta:
        model = models.Wage

    code = factory.Sequence(lambda n: f"17-{n:04}")
    title = factory.Sequence(lambda n: f"Occupation {n}")
    annual_median = 91_290


class OutlookFactory(DjangoModelFactory):
    class Meta:
        model = models.Outlook

    code = factory.Sequence(lambda n: f"17-{n:04}")
    title = factory.Sequence(lambda n: f"Occupation {n}")
    base_year = 2021
    target_year = 2031
    growth = "23.2"


class OccupationFactory(DjangoModelFactory):
    """A rated one, of which nothing is published: see tests/occupations.py."""

    class Meta:
        model = models.Occupation

    code = factory.Sequence(lambda n: f"17-{n:04}.00")
    soc = factory.LazyAttribute(lambda one: one.code[:7])
    title = factory.Sequence(lambda n: f"Occupation {n}")
    role = factory.SubFactory(
        RoleFactory, title=factory.SelfAttribute("..title"), origin=models.Role.Origin.ONET
    )
    job_zone = 4
    education = models.DegreeLevel.BACHELOR
    ratings = "[]"
    sha256 = "0" * 64


class TechnologyFactory(DjangoModelFactory):
    class Meta:
        model = models.Technology

    occupation = factory.SubFactory(OccupationFactory)
    name = factory.Sequence(lambda n: f"Product {n}")
    kind = "Development environment software"


class AlternateTitleFactory(DjangoModelFactory):
    class Meta:
        model = models.AlternateTitle

    occupation = factory.SubFactory(OccupationFactory)
    title = factory.Sequence(lambda n: f"Other name {n}")


class RelatedOccupationFactory(DjangoModelFactory):
    class Meta:
        model = models.RelatedOccupation

    occupation = factory.SubFactory(OccupationFactory)
    to = factory.SubFactory(OccupationFactory)
    position = factory.Sequence(lambda n: n)
