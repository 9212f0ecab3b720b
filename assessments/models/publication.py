"""Published, immutable copies of a role's whole definition."""

from collections import OrderedDict
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.domain.definition import Definition

from .role import Role

_KEPT_DEFINITIONS = 64
_definitions: OrderedDict[str, Definition] = OrderedDict()
_definitions_lock = Lock()


class RoleVersionQuerySet(models.QuerySet["RoleVersion"]):
    def latest_of(self, role: Role) -> "RoleVersion | None":
        return self.filter(role=role).order_by("-number").first()

    def light(self) -> "RoleVersionQuerySet":
        """Leaves the definition's text in the database until it is first needed."""
        return self.defer("content")

    def naming(self, slug: str) -> "RoleVersionQuerySet":
        """Those that hold something of this short name. It reads the text of all of them."""
        return self.filter(content__contains=f'"slug":"{slug}"')


class RoleVersion(models.Model):
    """A database trigger refuses every change to number, title, content, hash and role."""

    role = models.ForeignKey(Role, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    title = models.CharField(_("title"), max_length=120, editable=False)
    content = models.TextField(_("definition"), help_text=_("Canonical JSON."))
    sha256 = models.CharField(_("content hash"), max_length=64)
    note = models.CharField(_("note"), max_length=500, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    published_at = models.DateTimeField(_("published"), default=timezone.now)

    objects = RoleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("published version")
        verbose_name_plural = _("published versions")
        ordering = ["role", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["role", "number"], name="version_number_once_per_role"),
            models.CheckConstraint(condition=Q(number__gte=1), name="version_number_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.role} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """The title stands in the content too: here it can be had without reading all of it."""
        if self._state.adding and self.content:
            self.title = self.definition.title
        super().save(*args, **kwargs)

    @property
    def definition(self) -> Definition:
        """Parsed once per process: the text behind a hash can never change."""
        with _definitions_lock:
            if known := _definitions.get(self.sha256):
                _definitions.move_to_end(self.sha256)
                return known
        definition = Definition.from_json(self.content)
        with _definitions_lock:
            _definitions[self.sha256] = definition
            while len(_definitions) > _KEPT_DEFINITIONS:
                _definitions.popitem(last=False)
        return definition
