"""Storage and its invariants. Import models from here; one file per noun below."""

from .assessment import (
    Answer,
    Assessment,
    DegreeLevel,
    LastDone,
    Person,
    QualificationAnswer,
    owned_by,
)
from .catalogue import Anchor, Correspondence, Scale, ScaleLevel, Skill
from .guest import Guest
from .mail import OutgoingMail, Reminders
from .newsletter import Delivery, NewsletterIssue, Subscriber
from .occupation import AlternateTitle, Occupation, RelatedOccupation, Technology
from .plan import Plan, PlanItem
from .publication import PublishedName, RoleVersion
from .qualification import FieldOfStudy, Qualification
from .release import Outlook, Release, Wage
from .resource import Resource, ResourceLink
from .role import (
    Counterpart,
    Fact,
    Passage,
    Requirement,
    RequirementGroup,
    RequirementSkill,
    Role,
)
from .search import SearchEntry, Vocabulary
from .sharing import ShareLink
from .user import User, in_any_case

__all__ = [
    "AlternateTitle",
    "Anchor",
    "Answer",
    "Assessment",
    "Correspondence",
    "Counterpart",
    "DegreeLevel",
    "Delivery",
    "Fact",
    "FieldOfStudy",
    "Guest",
    "LastDone",
    "NewsletterIssue",
    "Occupation",
    "OutgoingMail",
    "Outlook",
    "Passage",
    "Person",
    "Plan",
    "PlanItem",
    "PublishedName",
    "Qualification",
    "QualificationAnswer",
    "RelatedOccupation",
    "Release",
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
    "SearchEntry",
    "ShareLink",
    "Skill",
    "Subscriber",
    "Technology",
    "User",
    "Vocabulary",
    "Wage",
    "in_any_case",
    "owned_by",
]
