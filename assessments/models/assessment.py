"""One person's answers against one published version of a role."""

import secrets
from collections.abc import Mapping
from typing import Any, TypeAlias

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Length
from django.db.models.lookups import Exact, LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .guest import Guest
from .publication import RoleVersion
from .role import Role
from .user import User

# Whose an assessment is.
Person: TypeAlias = User | Guest

# Formats of the date of a report: with its time where another is of the same day.
DAY, WITH_TIME = "DATE_FORMAT", "DATETIME_FORMAT"
EXAMPLE_LENGTH = 500
SHA256_LENGTH = 64


def new_key() -> str:
    """128 random bits, 22 characters that are safe in an address."""
    return secrets.token_urlsafe(16)


class LastDone(models.TextChoices):
    THIS_YEAR = "this-year", _("In the last year")
    ONE_TO_THREE_YEARS = "1-3-years", _("1 to 3 years ago")
    LONGER_AGO = "longer-ago", _("Longer ago")
    NEVER = "never", _("Never")


class DegreeLevel(models.TextChoices):
    NONE = "none", _("No school certificate")
    SECONDARY = "secondary", _("School certificate or high-school diploma")
    ASSOCIATE = "associate", _("Associate's degree or two years of college")
    BACHELOR = "bachelor", _("Bachelor's degree")
    MASTER = "master", _("Master's degree")
    DOCTORATE = "doctorate", _("Ph.D. or other doctorate")


def owned_by(person: Person) -> dict[str, Person]:
    """The filter for what is theirs. Never one of both by a key that may be None: that finds
    everybody's."""
    return {"guest" if isinstance(person, Guest) else "member": person}


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def open(self) -> "AssessmentQuerySet":
        return self.filter(submitted_at__isnull=True)

    def submitted(self) -> "AssessmentQuerySet":
        return self.filter(submitted_at__isnull=False)

    def of(self, person: Person) -> "AssessmentQuerySet":
        return self.filter(**owned_by(person))

    def with_version(self) -> "AssessmentQuerySet":
        return self.select_related("role", "version").defer("version__content")

    def with_newest(self) -> "AssessmentQuerySet":
        """`newest_number` and `newest_sha256` of the role's newest version."""
        newest = RoleVersion.objects.filter(role=OuterRef("role")).order_by("-number")
        return self.annotate(
            newest_number=Subquery(newest.values("number")[:1]),
            newest_sha256=Subquery(newest.values("sha256")[:1]),
        )

    def with_previous(self, theirs: Mapping[str, Any]) -> "AssessmentQuerySet":
        """`previous_key`: of the report on the same role before this one, among `theirs`."""
        earlier = Assessment.objects.submitted().filter(
            role=OuterRef("role"), submitted_at__lt=OuterRef("submitted_at"), **theirs
        )
        return self.annotate(
            previous_key=Subquery(earlier.order_by("-submitted_at").values("key")[:1])
        )

    def with_dates(self, person: Person) -> "AssessmentQuerySet":
        """`dates`: the format in which it can be told from the person's others on its role."""
        same_day = (
            Assessment.objects.submitted()
            .of(person)
            .filter(role=OuterRef("role"), submitted_at__date=OuterRef("submitted_at__date"))
            .exclude(pk=OuterRef("pk"))
        )
        return self.annotate(
            dates=Case(When(Exists(same_day), then=Value(WITH_TIME)), default=Value(DAY))
        )

    def with_withdrawn(self) -> "AssessmentQuerySet":
        """`withdrawn`: the role is an occupation that the newest release no longer has."""
        return self.annotate(withdrawn=F("role__occupation__withdrawn"))


class Assessment(models.Model):
    """Open until `submitted_at` is set; from then on database triggers keep it as it is.

    `met`, `targets` and `result_sha256` are those of the report, taken down at submission.
    `revision` counts the saves of its answers, `saved_at` is when the last of them was.
    """

    key = models.CharField(max_length=22, unique=True, default=new_key, editable=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="assessments",
    )
    guest = models.ForeignKey(
        Guest, models.CASCADE, null=True, blank=True, related_name="assessments"
    )
    role = models.ForeignKey(Role, models.PROTECT, related_name="assessments")
    version = models.ForeignKey(RoleVersion, models.PROTECT, related_name="assessments")
    opened_at = models.DateTimeField(default=timezone.now)
    submitted_at = models.DateTimeField(null=True, blank=True)
    met = models.PositiveIntegerField(null=True, blank=True)
    targets = models.PositiveIntegerField(null=True, blank=True)
    result_sha256 = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        ordering = ["-opened_at", "-pk"]
        indexes = [models.Index(fields=["member", "-opened_at"], name="assessment_of_member")]
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role"],
                condition=Q(submitted_at__isnull=True),
                name="one_open_assessment_per_role",
            ),
            models.UniqueConstraint(
                fields=["guest", "role"],
                condition=Q(submitted_at__isnull=True),
                name="one_open_assessment_per_guest",
            ),
            models.CheckConstraint(
                condition=Q(member__isnull=False, guest__isnull=True)
                | Q(member__isnull=True, guest__isnull=False),
                name="of_a_member_or_a_guest",
            ),
            models.CheckConstraint(
                condition=Q(
                    submitted_at__isnull=True,
                    met__isnull=True,
                    targets__isnull=True,
                    result_sha256="",
                )
                | Q(
                    Exact(Length("result_sha256"), SHA256_LENGTH),
                    submitted_at__isnull=False,
                    met__isnull=False,
                    targets__isnull=False,
                    met__lte=F("targets"),
                ),
                name="result_exactly_when_submitted",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} {self.key}"

    @property
    def is_submitted(self) -> bool:
        return self.submitted_at is not None

    @property
    def owner(self) -> dict[str, int | None]:
        """The filter for what else is theirs, by key."""
        return {"guest": self.guest_id} if self.guest_id else {"member": self.member_id}


class Answer(models.Model):
    """No row means unanswered; a row without a level means "I can't judge this".

    The skill is named by its slug in the version's definition, not by a row an editor may change.
    `revision` is the assessment's at the last save of this answer, so that a page opened before
    that save can be told apart. `seconds` is the time from the save before it to its first
    own one, for finding questions that are hard to answer; None for more than an hour.
    """

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="answers")
    skill = models.SlugField(max_length=80)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    last_done = models.CharField(max_length=20, choices=LastDone, blank=True)
    example = models.CharField(max_length=EXAMPLE_LENGTH, blank=True)
    revision = models.PositiveIntegerField()
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "skill"], name="one_answer_per_skill"),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(level__lte=7),
                name="answer_level_at_most_7",
            ),
            models.CheckConstraint(
                condition=Q(last_done__in=["", *LastDone.values]),
                name="answer_last_done_is_known",
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=False) | Q(last_done=""),
                name="cannot_judge_has_no_last_done",
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(Length("example"), EXAMPLE_LENGTH),
                name="answer_example_length",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.skill}: {self.level}"


class QualificationAnswer(models.Model):
    """The highest degree and its field: a slug of the definition, "other", or "" without one."""

    assessment = models.OneToOneField(
        Assessment, models.CASCADE, related_name="qualification_answer"
    )
    degree = models.CharField(max_length=20, choices=DegreeLevel)
    field = models.SlugField(max_length=80, blank=True)
    revision = models.PositiveIntegerField()
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("qualification answer")
        verbose_name_plural = _("qualification answers")
        constraints = [
            models.CheckConstraint(
                condition=Q(degree__in=DegreeLevel.values), name="degree_is_known"
            ),
        ]

    def __str__(self) -> str:
        return self.degree
