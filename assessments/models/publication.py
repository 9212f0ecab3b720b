"""Published, immutable copies of a role's whole definition."""

import re
from collections import OrderedDict
from collections.abc import Iterable
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
_SLUG = re.compile(r'"slug":"([^"]+)"')
_NAMES_AT_ONCE = 2_000
_definitions: OrderedDict[str, Definition] = OrderedDict()
_definitions_lock = Lock()


class RoleVersionQuerySet(models.QuerySet["RoleVersion"]):
    def latest_of(self, role: Role) -> "RoleVersion | None":
        return self.filter(role=role).order_by("-number").first()

    def light(self) -> "RoleVersionQuerySet":
        """Leaves the definition's text in the database until it is first needed."""
        return self.defer("content")

    def naming(self, slug: str) -> "RoleVersionQuerySet":
        """Those that hold something of this short name."""
        return self.filter(names__slug=slug)

    def bulk_create(self, objs: Iterable[Any], *args: Any, **options: Any) -> list[Any]:
        made = super().bulk_create(objs, *args, **options)
        PublishedName.enter(made)
        return made


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
        is_new = self._state.adding
        super().save(*args, **kwargs)
        if is_new:
            PublishedName.enter([self])

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


class PublishedName(models.Model):
    """A short name of anything in a version: to find the versions without reading their texts."""

    version = models.ForeignKey(RoleVersion, models.CASCADE, related_name="names")
    slug = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("published short name")
        verbose_name_plural = _("published short names")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="published_name_once"),
        ]

    def __str__(self) -> str:
        return self.slug

    @staticmethod
    def enter(versions: Iterable[RoleVersion]) -> None:
        rows = (
            PublishedName(version=one, slug=slug)
            for one in versions
            for slug in dict.fromkeys(_SLUG.findall(one.content))
        )
        PublishedName.objects.bulk_create(rows, batch_size=_NAMES_AT_ONCE)
