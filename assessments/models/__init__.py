"""Storage and its invariants. Import models from here; one file per noun below."""

from .assessment import Answer, Assessment, DegreeLevel, LastDone, QualificationAnswer
from .catalogue import Anchor, Scale, ScaleLevel, Skill
from .mail import OutgoingMail, Reminders
from .newsletter import Delivery, NewsletterIssue, Subscriber
from .plan import Plan, PlanItem
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
from .sharing import ShareLink
from .user import User

__all__ = [
    "Anchor",
    "Answer",
    "Assessment",
    "DegreeLevel",
    "Delivery",
    "Fact",
    "FieldOfStudy",
    "LastDone",
    "NewsletterIssue",
    "OutgoingMail",
    "Passage",
    "Plan",
    "PlanItem",
    "Qualification",
    "QualificationAnswer",
    "Reminders",
    "Requirement",
    "RequirementGroup",
    "RequirementSkill",
    "Resource",
    "ResourceLink",
    "Role",
    "RoleVersion",
    "Scale",
    "ScaleLevel",
    "ShareLink",
    "Skill",
    "Subscriber",
    "User",
]
