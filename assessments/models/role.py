"""A role as editors keep it: the draft of what gets published."""

from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .catalogue import Skill
from .history import Records
from .revisioned import Part, Revisioned


class Role(Revisioned):
    """Kept by editors, or made by an import: such a role has versions, but no draft of its own."""

    class Origin(models.TextChoices):
        CURATED = "", _("kept by editors")
        ONET = "onet", _("imported from O*NET")

    slug = models.SlugField(
        _("short name"),
        max_length=80,
        unique=True,
        help_text=_("Part of the page's address. It stays the same when the title changes."),
    )
    title = models.CharField(_("title"), max_length=120, unique=True)
    summary = models.TextField(_("summary"), max_length=1000)
    origin = models.CharField(
        _("origin"), max_length=10, choices=Origin, blank=True, default="", editable=False
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        ordering = ["position", "title"]
        permissions = [("publish_role", _("Can publish a role"))]
        constraints = [
            models.CheckConstraint(
                condition=Q(origin__in=["", "onet"]), name="role_origin_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Counterpart(Part):
    """An occupation in the public statistics that comes near to this role, the nearest first."""

    part_of = "role"
    role = models.ForeignKey(Role, models.CASCADE, related_name="counterparts")
    code = models.CharField(
        _("O*NET-SOC code"),
        max_length=10,
        validators=[RegexValidator(r"^\d\d-\d{4}\.\d\d$", _("Write it like 15-2031.00"))],
        help_text=_(
            "Like 15-2031.00. Its figures stand on the role's page once they are imported."
        ),
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("occupation in the statistics")
        verbose_name_plural = _("occupations in the statistics")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "code"], name="counterpart_once_per_role"),
        ]

    def __str__(self) -> str:
        return self.code


class Passage(Part):
    part_of = "role"

    class Kind(models.TextChoices):
        OVERVIEW = "overview", _("Overview")
        RESPONSIBILITY = "responsibility", _("What they do")
        TASK = "task", _("Typical task")
        REASON = "reason", _("Why consider it")
        PATHWAY = "pathway", _("How to get there")
        PAY = "pay", _("Pay")
        INDUSTRY = "industry", _("Industry")
        OUTLOOK = "outlook", _("Outlook")
        LEARNING = "learning", _("Continuous learning")
        DEMAND = "demand", _("Demand around the world")

    role = models.ForeignKey(Role, models.CASCADE, related_name="passages")
    kind = models.CharField(_("part of the page"), max_length=20, choices=Kind)
    title = models.CharField(_("title"), max_length=120, blank=True)
    text = models.TextField(_("text"), max_length=2000)
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Fact(Part):
    part_of = "role"

    class Unit(models.TextChoices):
        USD_PER_YEAR = "usd-per-year", _("US dollars a year")
        USD_PER_HOUR = "usd-per-hour", _("US dollars an hour")
        PERCENT = "percent", _("per cent")

    role = models.ForeignKey(Role, models.CASCADE, related_name="facts")
    slug = models.SlugField(_("short name"), max_length=80)
    label = models.CharField(_("what it is"), max_length=120)
    value = models.DecimalField(_("figure"), max_digits=14, decimal_places=2)
    value_to = models.DecimalField(
        _("up to"),
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text=_("The upper end, where the figure is a range."),
    )
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    occupation = models.CharField(
        _("really describes"),
        max_length=160,
        blank=True,
        help_text=_("The occupation the source counted, where it is not this role itself."),
    )
    source = models.CharField(_("source"), max_length=200)
    source_url = models.URLField(_("address of the source"), max_length=500, blank=True)
    source_date = models.CharField(_("source's date"), max_length=60)
    note = models.TextField(_("note"), max_length=600, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("fact")
        verbose_name_plural = _("facts")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "slug"], name="fact_once_per_role"),
            models.CheckConstraint(
                condition=Q(value_to__isnull=True) | Q(value_to__gt=F("value")),
                name="fact_range_goes_up",
                violation_error_message=_("The upper end must be above the figure."),
            ),
            models.CheckConstraint(
                condition=Q(source_url="") | Q(source_url__startswith="https://"),
                name="fact_source_is_https",
                violation_error_message=_("The address must start with https://"),
            ),
        ]

    def __str__(self) -> str:
        return self.label


class RequirementGroup(Part):
    part_of = "role"
    role = models.ForeignKey(Role, models.CASCADE, related_name="groups")
    slug = models.SlugField(_("short name"), max_length=80)
    title = models.CharField(_("title"), max_length=120)
    intro = models.CharField(_("introduction"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("group of requirements")
        verbose_name_plural = _("groups of requirements")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "slug"], name="group_once_per_role"),
        ]

    def __str__(self) -> str:
        return self.title


IMPORTANCE = [MinValueValidator(1), MaxValueValidator(5)]


class Requirement(Revisioned):
    role = models.ForeignKey(Role, models.CASCADE, related_name="requirements")
    group = models.ForeignKey(
        RequirementGroup,
        models.RESTRICT,
        related_name="requirements",
        verbose_name=_("group"),
    )
    slug = models.SlugField(_("short name"), max_length=80)
    title = models.CharField(_("title"), max_length=160)
    skills = models.ManyToManyField(
        Skill,
        through="RequirementSkill",
        related_name="requirements",
        verbose_name=_("skills"),
    )
    level = models.PositiveSmallIntegerField(
        _("required level"), validators=[MinValueValidator(1), MaxValueValidator(7)]
    )
    importance = models.PositiveSmallIntegerField(
        _("importance"),
        validators=IMPORTANCE,
        help_text=_("From 1 (minor) to 5 (crucial)."),
    )
    essential = models.BooleanField(
        _("essential"), default=False, help_text=_("Unticked means desirable.")
    )
    reason = models.CharField(
        _("reason"),
        max_length=300,
        blank=True,
        help_text=_("Why the role asks for this. Shown on the role's page and in reports."),
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("requirement")
        verbose_name_plural = _("requirements")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "slug"], name="requirement_once_per_role"),
            models.CheckConstraint(
                condition=Q(level__range=(1, 7)), name="requirement_level_1_to_7"
            ),
            models.CheckConstraint(
                condition=Q(importance__range=(1, 5)),
                name="requirement_importance_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RequirementSkill(Part):
    part_of = "requirement"
    requirement = models.ForeignKey(Requirement, models.CASCADE, related_name="alternatives")
    skill = models.ForeignKey(
        Skill, models.PROTECT, related_name="alternatives", verbose_name=_("skill")
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("skill that counts")
        verbose_name_plural = _("skills that count: the best one is used")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement", "skill"], name="skill_once_per_requirement"
            ),
        ]

    def __str__(self) -> str:
        return str(self.skill)
