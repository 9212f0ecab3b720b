"""Skills as editors keep them: defined once, used by many roles."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .history import Records
from .revisioned import Part, Revisioned


class Scale(Revisioned):
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    history = Records()

    class Meta:
        verbose_name = _("scale")
        verbose_name_plural = _("scales")
        ordering = ["slug"]

    def __str__(self) -> str:
        return self.name


class ScaleLevel(Part):
    part_of = "scale"
    scale = models.ForeignKey(Scale, models.CASCADE, related_name="levels")
    value = models.PositiveSmallIntegerField(_("level"))
    word = models.CharField(_("word"), max_length=40)
    meaning = models.CharField(_("meaning"), max_length=200, blank=True)
    history = Records()

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ["scale", "value"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "value"], name="scale_level_once"),
            models.CheckConstraint(condition=Q(value__lte=7), name="scale_level_at_most_7"),
        ]

    def __str__(self) -> str:
        return f"{self.value} {self.word}"


class Skill(Revisioned):
    slug = models.SlugField(
        _("short name"),
        max_length=80,
        unique=True,
        help_text=_("Part of the page's address. It stays the same when the name changes."),
    )
    name = models.CharField(_("name"), max_length=120, unique=True)
    category = models.CharField(_("category"), max_length=80)
    scale = models.ForeignKey(Scale, models.PROTECT, verbose_name=_("scale"))
    description = models.TextField(
        _("description"),
        max_length=500,
        blank=True,
        help_text=_("What is meant by this skill, in one or two sentences."),
    )
    element = models.CharField(
        _("O*NET element"), max_length=30, unique=True, null=True, blank=True, editable=False
    )
    history = Records()

    class Meta:
        verbose_name = _("skill")
        verbose_name_plural = _("skills")
        ordering = ["category", "name"]

    def __str__(self) -> str:
        return self.name


class Correspondence(Part):
    """What in O*NET a curated skill answers to, so that one answer informs the other.

    `code` is the id of a rated element ("2.B.3.e") or the name of a technology ("Python").
    """

    class Kind(models.TextChoices):
        ELEMENT = "element", _("rated skill or knowledge")
        TECHNOLOGY = "technology", _("technology")

    part_of = "skill"
    skill = models.ForeignKey(Skill, models.CASCADE, related_name="correspondences")
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    code = models.CharField(_("id or name"), max_length=200)
    loose = models.BooleanField(
        _("loose"),
        default=True,
        help_text=_("Ticked: they overlap. Unticked: they mean the same."),
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("counterpart in O*NET")
        verbose_name_plural = _("counterparts in O*NET")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["skill", "kind", "code"], name="correspondence_once_per_skill"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["element", "technology"]),
                name="correspondence_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Anchor(Part):
    """Longer than 90 characters is stored (other sources have such) but blocks publishing."""

    part_of = "skill"

    skill = models.ForeignKey(Skill, models.CASCADE, related_name="anchors")
    level = models.PositiveSmallIntegerField(_("level"))
    text = models.CharField(
        _("sentence"),
        max_length=300,
        help_text=_(
            "One thing a person at this level does, starting with “I”, at most 90 characters."
        ),
    )
    history = Records()

    class Meta:
        verbose_name = _("anchor")
        verbose_name_plural = _("anchors")
        ordering = ["skill", "level"]
        constraints = [
            models.UniqueConstraint(fields=["skill", "level"], name="anchor_once_per_level"),
            models.CheckConstraint(condition=Q(level__lte=7), name="anchor_level_at_most_7"),
            models.CheckConstraint(condition=~Q(text=""), name="anchor_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.level}: {self.text}"
