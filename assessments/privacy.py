"""What is kept about a person: every field of every table that can be reached from an account.

A field that is missing here fails the build, and so does one that no longer exists. docs/privacy.md
is this table in words. What is exported is exported to the person alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ACCOUNT = "until the account is deleted"
ANSWERS = "until the account is deleted"
MAIL = "30 days after the mail was settled; its text until it left"
SIGN_IN = "until it is removed, or the account is deleted"
SESSION = "until signing out; 14 days after signing in or asking to stay; 90 days in all"
GUEST = "7 days, or until it is taken into an account"

# At the deletion of the account.
DELETED = "deleted"
EMPTIED = "emptied; the row stays"
IF_WANTED = "deleted, where the box for the newsletter is ticked"
MAIL_GONE = "deleted; a newsletter where its box is ticked"
NO_ACCOUNT = "has no account"

# In the log.
NEVER = "never"
RENAMED = "as a name that changes every day"

# Why something is not in the export.
NUMBER = "a number that says nothing outside this database"
COUNT = "counts savings, for the open page alone"
SECRET = "whoever finds the file could use it"  # noqa: S105  a sentence
NOBODY_S = "a guest has no account to export from"
ELSEWHERE = "the same edit is exported from the log of the editing area"


@dataclass(frozen=True)
class Use:
    """`not_exported`: why the person does not find it in the file that `/account/` gives them."""

    purpose: str
    kept: str
    not_exported: str = ""
    deletion: str = DELETED
    logged: str = NEVER

    @property
    def exported(self) -> bool:
        return not self.not_exported


def _inner(kept: str, purpose: str = "ties rows together", deletion: str = DELETED) -> Use:
    return Use(purpose, kept, NUMBER, deletion)


def _counter(kept: str) -> Use:
    return Use("tells a page that is out of date", kept, COUNT)


def _mail(purpose: str, not_exported: str = "") -> Use:
    return Use(purpose, MAIL, not_exported, MAIL_GONE)


FIELDS: Mapping[str, Mapping[str, Use]] = {
    "assessments.User": {
        "id": Use("ties rows together", ACCOUNT, NUMBER, logged=RENAMED),
        "password": Use("a hash that a password is checked against", ACCOUNT, SECRET),
        "last_login": Use("shows signing in by somebody else", ACCOUNT),
        "is_superuser": Use(
            "may see and close accounts",
            ACCOUNT,
            "a right that the site gives, nothing the person said or did",
        ),
        "email": Use("signing in, and mail that was asked for", ACCOUNT),
        "is_staff": Use("may open the editing area", ACCOUNT),
        "is_active": Use(
            "a closed account cannot sign in", ACCOUNT, "always true for whoever can export"
        ),
        "date_joined": Use("tells accounts apart after a restore", ACCOUNT),
        "groups": Use("what an editor may do", ACCOUNT),
        "user_permissions": Use(
            "what an editor may do", ACCOUNT, "none are given to single people; groups are exported"
        ),
    },
    "account.EmailAddress": {
        "id": _inner(ACCOUNT),
        "user": _inner(ACCOUNT),
        "email": Use("signing in, and mail that was asked for", ACCOUNT),
        "verified": Use("whether it belongs to the person", ACCOUNT),
        "primary": Use(
            "which address mail goes to", ACCOUNT, "the account's own address is exported as such"
        ),
    },
    "account.EmailConfirmation": {
        "id": _inner(ACCOUNT),
        "email_address": _inner(ACCOUNT),
        "created": Use("ends an unused link", ACCOUNT, "of an unused link; goes with it"),
        "sent": Use("ends an unused link", ACCOUNT, "of an unused link; goes with it"),
        "key": Use("the secret of a link in a mail", ACCOUNT, SECRET),
    },
    "mfa.Authenticator": {
        "id": _inner(SIGN_IN),
        "user": _inner(SIGN_IN),
        "type": Use("which second factor it is", SIGN_IN),
        "data": Use("checks the second factor; a secret", SIGN_IN, SECRET),
        "created_at": Use("shows the person what is set up", SIGN_IN),
        "last_used_at": Use("shows use by somebody else", SIGN_IN),
    },
    "usersessions.UserSession": {
        "id": _inner(SESSION),
        "user": _inner(SESSION),
        "created_at": Use("the list of devices", SESSION),
        "ip": Use("the list of devices", SESSION),
        "last_seen_at": Use("the list of devices", SESSION),
        "session_key": Use("ends the session; a secret", SESSION, SECRET),
        "user_agent": Use("the list of devices", SESSION),
        "data": Use("unused", SESSION, "always empty"),
    },
    "sessions.Session": {
        "session_key": Use("recognises the cookie; a secret", SESSION, SECRET),
        "session_data": Use("who is signed in, and how", SESSION, SECRET),
        "expire_date": Use("ends the session", SESSION, "the list of devices has its dates"),
    },
    "admin.LogEntry": {
        "id": _inner(ACCOUNT),
        "action_time": Use("who edited what", ACCOUNT),
        "user": _inner(ACCOUNT),
        "content_type": Use("who edited what", ACCOUNT),
        "object_id": Use("who edited what", ACCOUNT, NUMBER),
        "object_repr": Use("who edited what", ACCOUNT),
        "action_flag": Use("who edited what", ACCOUNT),
        "change_message": Use(
            "who edited what",
            ACCOUNT,
            "names of fields of the site's content; the export says what was edited",
        ),
    },
    "assessments.Assessment": {
        "id": _inner(ANSWERS),
        "key": Use(
            "its address", ANSWERS, "an address of this site; the file must not lead to the answers"
        ),
        "member": _inner(ANSWERS),
        "guest": _inner(GUEST),
        "role": Use("what the answers are about", ANSWERS),
        "version": Use("what the answers are about", ANSWERS),
        "opened_at": Use("finding it again", ANSWERS),
        "submitted_at": Use("the date on the report", ANSWERS),
        "met": Use("the list of reports", ANSWERS),
        "targets": Use("the list of reports", ANSWERS),
        "result_sha256": Use("shows that a report did not change", ANSWERS),
        "revision": _counter(ANSWERS),
        "saved_at": Use("finding it again", ANSWERS),
    },
    "assessments.Answer": {
        "id": _inner(ANSWERS),
        "assessment": _inner(ANSWERS),
        "skill": Use("the report", ANSWERS),
        "level": Use("the report", ANSWERS),
        "last_done": Use("the report's range", ANSWERS),
        "example": Use("for the person's own eyes", ANSWERS),
        "revision": _counter(ANSWERS),
        "seconds": Use("finding questions that are hard to answer, over many people", ANSWERS),
        "saved_at": Use("offering it again, with its date", ANSWERS),
    },
    "assessments.QualificationAnswer": {
        "id": _inner(ANSWERS),
        "assessment": _inner(ANSWERS),
        "degree": Use("the report", ANSWERS),
        "field": Use("the report", ANSWERS),
        "revision": _counter(ANSWERS),
        "saved_at": Use("offering it again, with its date", ANSWERS),
    },
    "assessments.ShareLink": {
        "id": _inner(ANSWERS),
        "assessment": _inner(ANSWERS),
        "key": Use("part of the link's address; a secret", ANSWERS, SECRET),
        "scope": Use("what the link shows", ANSWERS),
        "created_at": Use("the list of links", ANSWERS),
        "expires_at": Use("ends the link", ANSWERS),
        "revoked_at": Use("ends the link", ANSWERS),
        "visits": Use("the list of links; a count, of nobody", ANSWERS),
    },
    "assessments.Plan": {
        "id": _inner(ACCOUNT),
        "member": _inner(ACCOUNT),
        "hours_a_week": Use("the plan's dates", ACCOUNT),
        "budget": Use("which resources are offered", ACCOUNT),
        "starts_on": Use("the plan's dates", ACCOUNT),
        "revision": _counter(ACCOUNT),
    },
    "assessments.PlanItem": {
        "id": _inner(ACCOUNT),
        "plan": _inner(ACCOUNT),
        "assessment": Use("the report it comes from", ACCOUNT),
        "requirement": Use("the plan", ACCOUNT),
        "skill": Use("the plan", ACCOUNT),
        "from_level": Use("the plan", ACCOUNT),
        "to_level": Use("the plan", ACCOUNT),
        "link": Use("the resource that was chosen", ACCOUNT),
        "hours": Use("the plan's dates", ACCOUNT),
        "status": Use("the plan", ACCOUNT),
        "notes": Use("for the person's own eyes", ACCOUNT),
        "due_on": Use("the plan, and a reminder that was asked for", ACCOUNT),
        "added_at": Use("the plan's order", ACCOUNT),
        "revision": _counter(ACCOUNT),
    },
    "assessments.Reminders": {
        "id": _inner(ACCOUNT),
        "member": _inner(ACCOUNT),
        "plan_dates": Use("whether to remind", ACCOUNT),
        "come_back": Use("whether to remind", ACCOUNT),
    },
    "assessments.OutgoingMail": {
        "id": _inner(MAIL, deletion=MAIL_GONE),
        "key": _mail("nothing is sent twice", "made of keys of the database, some of them secrets"),
        "recipient": _mail("where it goes"),
        "member": _inner(MAIL, deletion=MAIL_GONE),
        "subject": _mail("what is sent"),
        "text": _mail("what is sent; holds links that are secrets", SECRET),
        "html": _mail("what is sent; holds links that are secrets", SECRET),
        "headers": _mail("what is sent; holds links that are secrets", SECRET),
        "state": _mail("nothing is sent twice"),
        "created_at": _mail("when it may go"),
        "settled_at": _mail("when it is forgotten"),
    },
    "assessments.Delivery": {
        "id": _inner("until the address is deleted", deletion=IF_WANTED),
        "issue": Use("nothing is sent twice", "until the address is deleted", deletion=IF_WANTED),
        "subscriber": _inner("until the address is deleted", deletion=IF_WANTED),
        "mail": _inner("30 days after it was sent", deletion=EMPTIED),
    },
    "assessments.Guest": {
        "id": _inner(GUEST, deletion=NO_ACCOUNT),
        "token_sha256": Use(
            "recognises the cookie; a hash of it", GUEST, NOBODY_S, deletion=NO_ACCOUNT
        ),
        "created_at": Use("when the week began", GUEST, NOBODY_S, deletion=NO_ACCOUNT),
        "expires_at": Use("when it is forgotten", GUEST, NOBODY_S, deletion=NO_ACCOUNT),
    },
    "assessments.Subscriber": {
        "id": _inner("until unsubscribing", deletion=IF_WANTED),
        "email": Use(
            "where the newsletter goes",
            "until unsubscribing; 7 days unconfirmed",
            deletion=IF_WANTED,
        ),
        "key": Use(
            "the secret of links in the mail", "until unsubscribing", SECRET, deletion=IF_WANTED
        ),
        "asked_at": Use(
            "forgets an address that is not confirmed", "until unsubscribing", deletion=IF_WANTED
        ),
        "confirmed_at": Use(
            "shows that it was asked for", "until unsubscribing", deletion=IF_WANTED
        ),
    },
}

# What editors make is no person's, and stays; one key of it says who made it.
_EDITED = (
    "Anchor",
    "Correspondence",
    "Counterpart",
    "Fact",
    "FieldOfStudy",
    "Passage",
    "Qualification",
    "Requirement",
    "RequirementGroup",
    "RequirementSkill",
    "Resource",
    "ResourceLink",
    "Role",
    "Scale",
    "ScaleLevel",
    "Skill",
)
AUTHORS: Mapping[str, Mapping[str, Use]] = {
    "assessments.RoleVersion": {
        "published_by": Use("who published what", ACCOUNT, deletion=EMPTIED),
    },
    "assessments.NewsletterIssue": {
        "created_by": Use("who wrote what", ACCOUNT, deletion=EMPTIED),
    },
} | {
    f"assessments.Historical{one}": {
        "history_user": Use("who edited what", ACCOUNT, ELSEWHERE, EMPTIED)
    }
    for one in _EDITED
}
