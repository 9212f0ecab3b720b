"""What is kept about a person: every field of every table that can be reached from an account.

A field that is missing here fails the build, and so does one that no longer exists. docs/privacy.md
is this table in words. Two rules hold for all of them: nothing is written to the log, and what is
exported is exported to the person alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ACCOUNT = "until the account is deleted"
ANSWERS = "until the account is deleted"
MAIL = "30 days after the mail was settled; its text until it left"
SIGN_IN = "until it is removed, or the account is deleted"
SESSION = "until signing out; 14 days after signing in or asking to stay; 90 days in all"
GUEST = "7 days, or until it is taken into an account"


@dataclass(frozen=True)
class Use:
    """`exported`: whether the person finds it in the file that `/account/` gives them."""

    purpose: str
    kept: str
    exported: bool = True


def _inner(kept: str, purpose: str = "ties rows together") -> Use:
    return Use(purpose, kept, exported=False)


def _counter(kept: str) -> Use:
    return Use("tells a page that is out of date", kept, exported=False)


FIELDS: Mapping[str, Mapping[str, Use]] = {
    "assessments.User": {
        "id": _inner(ACCOUNT),
        "password": Use("a hash that a password is checked against", ACCOUNT, exported=False),
        "last_login": Use("shows signing in by somebody else", ACCOUNT),
        "is_superuser": Use("may see and close accounts", ACCOUNT, exported=False),
        "email": Use("signing in, and mail that was asked for", ACCOUNT),
        "is_staff": Use("may open the editing area", ACCOUNT),
        "is_active": Use("a closed account cannot sign in", ACCOUNT, exported=False),
        "date_joined": Use("tells accounts apart after a restore", ACCOUNT),
        "groups": Use("what an editor may do", ACCOUNT),
        "user_permissions": Use("what an editor may do", ACCOUNT, exported=False),
    },
    "account.EmailAddress": {
        "id": _inner(ACCOUNT),
        "user": _inner(ACCOUNT),
        "email": Use("signing in, and mail that was asked for", ACCOUNT),
        "verified": Use("whether it belongs to the person", ACCOUNT),
        "primary": Use("which address mail goes to", ACCOUNT, exported=False),
    },
    "account.EmailConfirmation": {
        "id": _inner(ACCOUNT),
        "email_address": _inner(ACCOUNT),
        "created": Use("ends an unused link", ACCOUNT, exported=False),
        "sent": Use("ends an unused link", ACCOUNT, exported=False),
        "key": Use("the secret of a link in a mail", ACCOUNT, exported=False),
    },
    "mfa.Authenticator": {
        "id": _inner(SIGN_IN),
        "user": _inner(SIGN_IN),
        "type": Use("which second factor it is", SIGN_IN),
        "data": Use("checks the second factor; a secret", SIGN_IN, exported=False),
        "created_at": Use("shows the person what is set up", SIGN_IN),
        "last_used_at": Use("shows use by somebody else", SIGN_IN),
    },
    "usersessions.UserSession": {
        "id": _inner(SESSION),
        "user": _inner(SESSION),
        "created_at": Use("the list of devices", SESSION),
        "ip": Use("the list of devices", SESSION),
        "last_seen_at": Use("the list of devices", SESSION),
        "session_key": Use("ends the session; a secret", SESSION, exported=False),
        "user_agent": Use("the list of devices", SESSION),
        "data": Use("unused", SESSION, exported=False),
    },
    "admin.LogEntry": {
        "id": _inner(ACCOUNT),
        "action_time": Use("who edited what", ACCOUNT),
        "user": _inner(ACCOUNT),
        "content_type": Use("who edited what", ACCOUNT),
        "object_id": Use("who edited what", ACCOUNT, exported=False),
        "object_repr": Use("who edited what", ACCOUNT),
        "action_flag": Use("who edited what", ACCOUNT),
        "change_message": Use("who edited what", ACCOUNT, exported=False),
    },
    "assessments.Assessment": {
        "id": _inner(ANSWERS),
        "key": Use("its address", ANSWERS, exported=False),
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
        "key": Use("part of the link's address; a secret", ANSWERS, exported=False),
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
        "id": _inner(MAIL),
        "key": Use("nothing is sent twice", MAIL, exported=False),
        "recipient": Use("where it goes", MAIL),
        "member": _inner(MAIL),
        "subject": Use("what is sent", MAIL),
        "text": Use("what is sent; holds links that are secrets", MAIL, exported=False),
        "html": Use("what is sent; holds links that are secrets", MAIL, exported=False),
        "headers": Use("what is sent; holds links that are secrets", MAIL, exported=False),
        "state": Use("nothing is sent twice", MAIL),
        "created_at": Use("when it may go", MAIL),
        "settled_at": Use("when it is forgotten", MAIL),
    },
    "assessments.Delivery": {
        "id": _inner("until the address is deleted"),
        "issue": Use("nothing is sent twice", "until the address is deleted"),
        "subscriber": _inner("until the address is deleted"),
        "mail": _inner("30 days after it was sent"),
    },
    "assessments.Guest": {
        "id": _inner(GUEST),
        "token_sha256": Use("recognises the cookie; a hash of it", GUEST, exported=False),
        "created_at": Use("when the week began", GUEST, exported=False),
        "expires_at": Use("when it is forgotten", GUEST, exported=False),
    },
    "assessments.Subscriber": {
        "id": _inner("until unsubscribing"),
        "email": Use("where the newsletter goes", "until unsubscribing; 7 days unconfirmed"),
        "key": Use("the secret of links in the mail", "until unsubscribing", exported=False),
        "asked_at": Use("forgets an address that is not confirmed", "until unsubscribing"),
        "confirmed_at": Use("shows that it was asked for", "until unsubscribing"),
    },
}
