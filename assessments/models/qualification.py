"""The degrees that a role asks for, and the fields of study that count."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .history import Records
from .revisioned import Part, Revisioned
from .role import IMPORTANCE, Role


class FieldOfStudy(Revisioned):
    slug = models.SlugField(_("short name"), max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=120)
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records()

    class Meta:
        verbose_name = _("field of study")
        verbose_name_plural = _("fields of study")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return self.name


class Qualification(Part):
    part_of = "role"
    role = models.ForeignKey(Role, models.CASCADE, related_name="qualifications")
    slug = models.SlugField(_("short name"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    degrees = models.JSONField(_("degrees that count"), default=list)
    fields = models.ManyToManyField(
        FieldOfStudy, related_name="qualifications", verbose_name=_("fields that count")
    )
    essential = models.BooleanField(_("essential"), default=False)
    importance = models.PositiveSmallIntegerField(_("importance"), validators=IMPORTANCE)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    position = models.PositiveIntegerField(_("order"), default=0)
    history = Records(m2m_fields=[fields])

    class Meta:
        verbose_name = _("qualification")
        verbose_name_plural = _("qualifications")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["role", "slug"], name="qualification_once_per_role"),
            models.CheckConstraint(
                condition=Q(importance__range=(1, 5)),
                name="qualification_importance_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.title
