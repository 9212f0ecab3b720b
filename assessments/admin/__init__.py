"""The editors' workplace. What members answered is not in it, whoever asks."""

from . import catalogue, publication, requirement, resource, role, site, user

__all__ = ["catalogue", "publication", "requirement", "resource", "role", "site", "user"]
