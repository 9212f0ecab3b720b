"""Storage and its invariants. Import models from here; one file per noun below."""

from .assessment import Answer, Assessment, DegreeLevel, LastDone, QualificationAnswer
from .catalogue import Anchor, Scale, ScaleLevel, Skill
from .publication import RoleVersion
from .resource import Resource, ResourceLink
from .role import (
    Fact,
    FieldOfStudy,
    Passage,
    Qualification,
    Requirement,
    RequirementGroup,
    RequirementSkill,
    Role,
)
from .user import User

__all__ = [
    "Anchor",
    "Answer",
    "Assessment",
    "DegreeLevel",
    "Fact",
    "FieldOfStudy",
    "LastDone",
    "Passage",
    "Qualification",
    "QualificationAnswer",
    "Requirement",
    "RequirementGroup",
    "RequirementSkill",
    "Resource",
    "ResourceLink",
    "Role",
    "RoleVersion",
    "Scale",
    "ScaleLevel",
    "Skill",
    "User",
]
