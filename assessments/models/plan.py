"""What a person is working on: gaps from any of their reports, in one plan."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .assessment import Assessment
from .resource import ResourceLink

NOTES_LENGTH = 1000
MOST_HOURS_A_WEEK = 80
MOST_HOURS = 5000


class Plan(models.Model):
    class Budget(models.TextChoices):
        FREE = "free", _("Only what is free")
        ANY = "any", _("Free or paid")

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="plan")
    hours_a_week = models.PositiveSmallIntegerField(
        _("hours a week"),
        default=5,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS_A_WEEK)],
    )
    budget = models.CharField(_("budget"), max_length=10, choices=Budget, default=Budget.ANY)
    starts_on = models.DateField(_("start"), default=timezone.localdate)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = [
            models.CheckConstraint(
                condition=Q(hours_a_week__range=(1, MOST_HOURS_A_WEEK)),
                name="plan_hours_a_week_1_to_80",
            ),
            models.CheckConstraint(
                condition=Q(budget__in=["free", "any"]), name="plan_budget_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Plan {self.pk}"


class PlanItem(models.Model):
    """One skill to bring from one level to another.

    The words are those of the report it came from. `link` is None where no resource was chosen,
    or the one chosen has left the catalogue.
    """

    class Status(models.TextChoices):
        TO_DO = "to-do", _("To do")
        DOING = "doing", _("Doing")
        DONE = "done", _("Done")

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="items")
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="plan_items")
    requirement = models.SlugField(max_length=80)
    skill = models.SlugField(max_length=80)
    from_level = models.PositiveSmallIntegerField()
    to_level = models.PositiveSmallIntegerField()
    link = models.ForeignKey(
        ResourceLink, models.SET_NULL, null=True, blank=True, related_name="plan_items"
    )
    hours = models.PositiveSmallIntegerField(
        _("hours"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HOURS)],
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.TO_DO)
    notes = models.TextField(_("notes"), max_length=NOTES_LENGTH, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("plan item")
        verbose_name_plural = _("plan items")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "skill"], name="plan_item_once_per_skill"),
            models.CheckConstraint(
                condition=Q(from_level__lt=F("to_level"), to_level__lte=7),
                name="plan_item_goes_up",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["to-do", "doing", "done"]), name="plan_item_status_is_known"
            ),
            models.CheckConstraint(
                condition=Q(hours__isnull=True) | Q(hours__range=(1, MOST_HOURS)),
                name="plan_item_hours_1_to_5000",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.from_level} → {self.to_level}"
