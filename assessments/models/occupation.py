"""Occupations as the O*NET release describes them, beside the role that is made of each."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .assessment import DegreeLevel
from .release import Outlook, Wage
from .role import Role


class Occupation(models.Model):
    """One O*NET-SOC code; its page and its requirements are the published versions of `role`.

    `ratings` is JSON: for each rated element `[element id, importance 1-5, level 0-7 or null,
    is the level imprecise, is it relevant]`, decimals as strings; "" without ratings.
    `withdrawn`: the newest release no longer has it; reports on it stay readable.
    `sha256` is of everything imported for it.
    """

    class Unrated(models.TextChoices):
        RATED = "", _("rated")
        ALL_OTHER = "all-other", _("a collection of different occupations")
        MILITARY = "military", _("a military occupation")
        NO_DATA = "no-data", _("not surveyed yet")

    code = models.CharField(_("O*NET-SOC code"), max_length=10, unique=True)
    soc = models.CharField(_("SOC code"), max_length=7, db_index=True)
    role = models.OneToOneField(Role, models.PROTECT, related_name="occupation")
    title = models.CharField(_("title"), max_length=200)
    job_zone = models.PositiveSmallIntegerField(_("job zone"), null=True, blank=True)
    education = models.CharField(
        _("typical education"), max_length=20, choices=DegreeLevel, blank=True
    )
    education_shares = models.JSONField(default=list, blank=True)
    unrated = models.CharField(
        _("why there are no ratings"), max_length=20, choices=Unrated, blank=True
    )
    ratings = models.TextField(blank=True)
    wage = models.ForeignKey(
        Wage, models.SET_NULL, null=True, blank=True, related_name="occupations"
    )
    outlook = models.ForeignKey(
        Outlook, models.SET_NULL, null=True, blank=True, related_name="occupations"
    )
    withdrawn = models.BooleanField(_("withdrawn"), default=False)
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("occupation")
        verbose_name_plural = _("occupations")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=(Q(unrated="") & ~Q(ratings="")) | (~Q(unrated="") & Q(ratings="")),
                name="occupation_rated_or_says_why",
            ),
            models.CheckConstraint(
                condition=Q(education__in=["", *DegreeLevel.values]),
                name="occupation_education_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def is_rated(self) -> bool:
        return self.unrated == ""


class Technology(models.Model):
    """A named product that people in the occupation use; `kind` is the commodity it belongs to."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="technologies")
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=200)
    hot = models.BooleanField(_("often asked for in job postings"), default=False)
    in_demand = models.BooleanField(_("often asked for in this occupation"), default=False)

    class Meta:
        verbose_name = _("technology")
        verbose_name_plural = _("technologies")
        ordering = ["-in_demand", "-hot", "name", "kind"]
        indexes = [models.Index(fields=["name"], name="technology_name")]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "name", "kind"], name="technology_once_per_occupation"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class AlternateTitle(models.Model):
    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="alternate_titles")
    title = models.CharField(_("title"), max_length=250)

    class Meta:
        verbose_name = _("alternate title")
        verbose_name_plural = _("alternate titles")
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "title"], name="alternate_title_once_per_occupation"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RelatedOccupation(models.Model):
    """Directed, in the order of relatedness that the release gives."""

    occupation = models.ForeignKey(Occupation, models.CASCADE, related_name="related")
    to = models.ForeignKey(Occupation, models.CASCADE, related_name="related_from")
    tier = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("related occupation")
        verbose_name_plural = _("related occupations")
        ordering = ["occupation", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "to"], name="related_once_per_occupation"
            ),
            models.CheckConstraint(
                condition=~Q(to=models.F("occupation")), name="related_to_another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.occupation_id} -> {self.to_id}"
