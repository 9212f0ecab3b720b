from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .catalogue import Skill
from .history import Records
from .revisioned import Part, Revisioned


class Resource(Revisioned):
    class Kind(models.TextChoices):
        COURSE = "course", _("Course")
        PRACTICE = "practice", _("Practice")
        COMMUNITY = "community", _("Community")
        REFERENCE = "reference", _("Questions and answers")
        CODE = "code", _("Code to read")
        PAPERS = "papers", _("Research papers")
        CAREER = "career", _("Career advice")

    class Cost(models.TextChoices):
        FREE = "free", _("Free")
        FREE_AND_PAID = "free-and-paid", _("Free and paid")
        PAID = "paid", _("Paid")

    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120, unique=True)
    provider = models.CharField(_("provider"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    cost = models.CharField(_("cost"), max_length=20, choices=Cost)
    url = models.URLField(_("address"), max_length=500)
    purpose = models.TextField(_("what it is for"), max_length=500)
    search_url = models.CharField(
        _("address of its search"),
        max_length=500,
        blank=True,
        help_text=_(
            "With {query} where the words to search for belong. Offered in place of a broken link."
        ),
    )
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("resource")
        verbose_name_plural = _("resources")
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(url__startswith="https://"),
                name="resource_is_https",
                violation_error_message=_("The address must start with https://"),
            ),
            models.CheckConstraint(
                condition=Q(search_url="")
                | Q(search_url__startswith="https://", search_url__contains="{query}"),
                name="resource_search_is_https_with_query",
                violation_error_message=_(
                    "The address must start with https:// and hold {query} once."
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ResourceLink(Part):
    """A broken link is not offered; the resource's own search is."""

    part_of = "resource"

    class Health(models.TextChoices):
        UNCHECKED = "unchecked", _("Not checked")
        WORKS = "works", _("Works")
        BROKEN = "broken", _("Broken")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="links")
    skill = models.ForeignKey(
        Skill, models.CASCADE, related_name="resource_links", verbose_name=_("skill")
    )
    from_level = models.PositiveSmallIntegerField(_("from level"))
    to_level = models.PositiveSmallIntegerField(_("to level"))
    url = models.URLField(
        _("address"),
        max_length=500,
        help_text=_("The page there that serves this skill."),
    )
    reason = models.CharField(_("why this one"), max_length=200)
    hours = models.PositiveSmallIntegerField(
        _("hours"),
        null=True,
        blank=True,
        help_text=_("How long it takes, if you know. Otherwise plans use an estimate."),
    )
    health = models.CharField(
        _("last check"), max_length=10, choices=Health, default=Health.UNCHECKED, editable=False
    )
    checked_at = models.DateTimeField(_("checked"), null=True, blank=True, editable=False)
    check_detail = models.CharField(max_length=120, blank=True, editable=False)
    _stored_url: str | None = None
    history = Records(excluded_fields=["health", "checked_at", "check_detail"])

    class Meta:
        verbose_name = _("link to a skill")
        verbose_name_plural = _("links to skills")
        ordering = ["resource", "skill", "from_level"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "skill", "from_level"],
                name="link_once_per_skill_and_level",
            ),
            models.CheckConstraint(
                condition=Q(from_level__lt=F("to_level")),
                name="link_goes_up",
                violation_error_message=_("“To level” must be above “from level”."),
            ),
            models.CheckConstraint(condition=Q(to_level__lte=7), name="link_level_at_most_7"),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__gte=1), name="link_hours_from_1"
            ),
            models.CheckConstraint(
                condition=Q(health__in=["unchecked", "works", "broken"]),
                name="link_health_is_known",
            ),
            models.CheckConstraint(
                condition=Q(url__startswith="https://"),
                name="link_is_https",
                violation_error_message=_("The address must start with https://"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource} → {self.skill}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """What was found out about one address says nothing about the next."""
        stored, self._stored_url = self._stored_url, self.url
        if stored is not None and stored != self.url:
            self.health = self.Health.UNCHECKED
            self.checked_at = None
            self.check_detail = ""
            if kwargs.get("update_fields") is not None:
                found_out = {"health", "checked_at", "check_detail"}
                kwargs["update_fields"] = {*kwargs["update_fields"], *found_out}
        super().save(*args, **kwargs)

    @classmethod
    def from_db(cls, *args: Any, **kwargs: Any) -> Self:
        link = super().from_db(*args, **kwargs)
        link._stored_url = link.__dict__.get("url")
        return link
