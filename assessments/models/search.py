"""What the search over all published roles reads, made from versions and statistics."""

from django.db import models

from .occupation import Occupation
from .role import Role


class SearchEntry(models.Model):
    """One published role, as its newest version has it. Only `rebuild_search` writes here.

    `titles`, `skills`, `in_demand` (technologies that postings for it often name) and
    `technologies` (all others) are lists, one to a line. `keys` holds the key of each alternate
    title, with a line break before and after every one. `occupation` is whose statistics stand
    beside the role: its own, or a kept role's nearest counterpart.
    """

    role = models.OneToOneField(Role, models.CASCADE, primary_key=True, related_name="search_entry")
    title = models.CharField(max_length=200)
    key = models.CharField(max_length=200)
    summary = models.TextField()
    titles = models.TextField(blank=True)
    keys = models.TextField(blank=True)
    skills = models.TextField(blank=True)
    in_demand = models.TextField(blank=True)
    technologies = models.TextField(blank=True)
    curated = models.BooleanField()
    assessable = models.BooleanField()
    withdrawn = models.BooleanField(default=False)
    occupation = models.ForeignKey(
        Occupation, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title


class Vocabulary(models.Model):
    """One row: every word that any entry has, one to a line, those of most entries first."""

    words = models.TextField(default="")

    def __str__(self) -> str:
        return f"{self.words.count(chr(10))} words"
