"""What was read from the public statistics, and which edition of them."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Release(models.Model):
    """The edition of one source that was imported last.

    `sha256` is of everything that was read, the options included: equal hashes, nothing to do.
    `details` holds what the edition says once for all occupations (job zones, ceilings, options).
    """

    class Source(models.TextChoices):
        ONET = "onet", _("O*NET")
        OEWS = "oews", _("Occupational Employment and Wage Statistics")
        PROJECTIONS = "projections", _("Employment Projections")

    source = models.CharField(_("source"), max_length=20, choices=Source, unique=True)
    name = models.CharField(_("release"), max_length=120)
    period = models.CharField(_("period"), max_length=60)
    sha256 = models.CharField(_("content hash"), max_length=64)
    details = models.JSONField(default=dict)
    imported_at = models.DateTimeField(_("imported"), default=timezone.now)

    class Meta:
        verbose_name = _("release of a source")
        verbose_name_plural = _("releases of sources")
        ordering = ["source"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source__in=["onet", "oews", "projections"]),
                name="release_source_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Wage(models.Model):
    """US dollars, before tax. A name in `at_least` marks a figure that is only known to be
    at or above the survey's ceiling; None is a figure that the survey does not give.

    `code` is the seven-character SOC code; `title` the occupation that was really counted.
    """

    code = models.CharField(_("SOC code"), max_length=7, unique=True)
    title = models.CharField(_("occupation"), max_length=200)
    employment = models.PositiveIntegerField(_("employment"), null=True, blank=True)
    annual_10 = models.PositiveIntegerField(null=True, blank=True)
    annual_25 = models.PositiveIntegerField(null=True, blank=True)
    annual_median = models.PositiveIntegerField(_("median a year"), null=True, blank=True)
    annual_75 = models.PositiveIntegerField(null=True, blank=True)
    annual_90 = models.PositiveIntegerField(null=True, blank=True)
    annual_mean = models.PositiveIntegerField(null=True, blank=True)
    hourly_10 = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    hourly_25 = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    hourly_median = models.DecimalField(
        _("median an hour"), max_digits=8, decimal_places=2, null=True, blank=True
    )
    hourly_75 = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    hourly_90 = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    hourly_mean = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    at_least = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("wage")
        verbose_name_plural = _("wages")
        ordering = ["code"]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Outlook(models.Model):
    """Employment and openings in thousands of people; growth in per cent over the whole period."""

    code = models.CharField(_("SOC code"), max_length=7, unique=True)
    title = models.CharField(_("occupation"), max_length=200)
    base_year = models.PositiveSmallIntegerField(_("from"))
    target_year = models.PositiveSmallIntegerField(_("to"))
    employment_then = models.DecimalField(max_digits=10, decimal_places=1, null=True, blank=True)
    employment_later = models.DecimalField(max_digits=10, decimal_places=1, null=True, blank=True)
    growth = models.DecimalField(_("growth"), max_digits=6, decimal_places=1, null=True, blank=True)
    openings = models.DecimalField(
        _("openings a year"), max_digits=10, decimal_places=1, null=True, blank=True
    )
    education = models.CharField(_("typical education"), max_length=120, blank=True)
    experience = models.CharField(_("typical experience"), max_length=120, blank=True)
    training = models.CharField(_("typical training"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("outlook")
        verbose_name_plural = _("outlooks")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_year__gt=models.F("base_year")), name="outlook_looks_ahead"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
