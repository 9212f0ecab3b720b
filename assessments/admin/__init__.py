"""The editors' workplace. What members answered is not in it, whoever asks."""

from . import (
    catalogue,
    link,
    newsletter,
    publication,
    requirement,
    resource,
    role,
    site,
    statistics,
    user,
)

__all__ = [
    "catalogue",
    "link",
    "newsletter",
    "publication",
    "requirement",
    "resource",
    "role",
    "site",
    "statistics",
    "user",
]
