"""Who gets what at each address outside the editing area: one row for each.

First a gate, with a letter for each of WHO, and * for whoever gets through it. Then what happens
behind it, a letter for each of GET (and HEAD), POST without a field, PUT, PATCH, DELETE, OPTIONS;
for what is theirs, for what is somebody else's, and for what does not exist. An address that no
route fits is nobody's (N).

-  is sent to sign in     O  gets the page           F  forbidden (403)   N  not found (404)
U  is sent to sign up     R  is led somewhere else   M  wrong method      C  conflict (409)
A  shows again who it is                             G  gone (410)
"""

from dataclasses import dataclass

WHO = (
    "anonymous",
    "guest",  # tries it without an account
    "owner",
    "stranger",  # a member as well
    "holder",  # of a link to a report
    "editor",
    "publisher",
    "support",
    "superuser",
    "deactivated",  # with a session from before
    "signed-out",  # with the cookie from before
)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
KNOWN = ("guest", "owner", "stranger", "editor", "publisher", "support", "superuser")

ALL = "***********"
PEOPLE = "-***-****--"  # members, and guests
NEEDS_ACCOUNT = "-U**-****--"  # a guest is told why, and comes back from signing up
MEMBERS = "--**-****--"
ENTRANCE = "**RR*RRRR**"  # whoever is in goes on
WHERE_ANSWERED = "N***N****NN"  # there is nothing to compare without an answer

PAGE, FORM = "OMMMMM", "OOMMMM"
PRESS = "ORMMMM"  # what is pressed leads on
GONE_PAGE = "OGMMMM"
NO_PAGE, NO_FORM = "NMMMMM", "NNMMMM"
# allauth's: Django's own classes of views, which answer OPTIONS, and PUT like POST.
A_PAGE, A_FORM, A_PRESS = "OMMMMO", "OOOMMO", "ORRMMO"
ALWAYS = {letter: letter * 6 for letter in "NRAO"}


@dataclass(frozen=True)
class Row:
    gate: str
    own: str
    other: str = ""
    missing: str = ""
    bad: str = ""
    signed_out: str = ""  # own, where it matters whether somebody is signed in
    closed: str = ""  # own, where it matters that the account is closed
    get_gate: str = ""  # where looking needs more
    asks_again: bool = False  # who it is, where signing in was some time ago


def page_of(gate, **more):
    """A page about something with an owner: what is somebody else's is not there."""
    return Row(gate, PAGE, NO_PAGE, NO_PAGE, **more)


def form_of(gate, own=FORM):
    return Row(gate, own, NO_FORM, NO_FORM)


def open_page(**more):
    """About something public, by its name."""
    return Row(ALL, PAGE, PAGE, NO_PAGE, **more)


def by_link(own=FORM, missing=FORM, **more):
    """Whoever holds the link may; no account is asked for."""
    return Row(ALL, own, own, missing, bad=NO_FORM if own[1] != "M" else NO_PAGE, **more)


TABLE = {
    # --- For everybody
    "home": Row(ALL, PAGE),
    "livez": Row(ALL, PAGE),
    "readyz": Row(ALL, PAGE),
    "role_list": Row(ALL, PAGE),
    "role_detail": open_page(),
    "stepping_stones": open_page(),
    "nearest_roles": Row(ALL, PAGE),
    "nearest_one": open_page(get_gate=WHERE_ANSWERED),
    "report_schema": Row(ALL, PAGE),
    "assessment_start": Row(ALL, PRESS, PRESS, NO_FORM),  # whoever presses is a guest then
    "newsletter": Row(ALL, FORM),
    "newsletter_asked": Row(ALL, PAGE),
    "my_data_gone": Row(ALL, PAGE),
    # --- For whoever holds the link
    "shared_report": by_link(PAGE, NO_PAGE, closed="GMMMMM"),
    "newsletter_confirm": by_link(missing=GONE_PAGE),
    "newsletter_unsubscribe": by_link(),  # tells nobody who subscribes
    "reminders_off": by_link(),
    # --- For members and guests
    "assessment_list": Row(PEOPLE, PAGE),
    "assessment_detail": page_of(PEOPLE),
    "question": form_of(PEOPLE),
    "qualifications": form_of(PEOPLE),
    "review": form_of(PEOPLE, PRESS),
    "assessment_version": form_of(PEOPLE, "OCMMMM"),  # without the number that was shown
    "report_detail": page_of(PEOPLE),
    "report_csv": page_of(PEOPLE),
    "report_json": page_of(PEOPLE),
    "report_pdf": page_of(PEOPLE),
    "report_resume": page_of(PEOPLE),
    "report_version": page_of(PEOPLE),
    "report_compare": page_of(PEOPLE),
    # --- For guests, and for members whose browser still holds a guest's cookie
    "guest_forget": Row("N*NNNNNNNNN", PRESS),
    # --- For members; guests learn what an account is for
    "report_share": form_of(NEEDS_ACCOUNT),
    "reminders": Row(NEEDS_ACCOUNT, PRESS),
    "plan": Row(NEEDS_ACCOUNT, FORM),
    "plan_ics": Row(NEEDS_ACCOUNT, PAGE),
    "plan_add": form_of(NEEDS_ACCOUNT),
    "plan_item": form_of(NEEDS_ACCOUNT),
    "plan_rate": Row(NEEDS_ACCOUNT, "MRMMMM", "MNMMMM", "MNMMMM"),
    # --- For members
    "claim": Row(MEMBERS, "RRMMMM"),  # nobody here was a guest before
    "my_data": Row(MEMBERS, PAGE),
    "my_data_export": Row(MEMBERS, PAGE),
    "stay": Row(MEMBERS, "RRMMMM"),
    "my_data_import": Row(MEMBERS, FORM),
    "my_data_import_check": Row(MEMBERS, "RRMMMM"),  # no file was chosen
    "my_data_delete": Row(MEMBERS, FORM, asks_again=True),
    # --- Accounts
    "account_home": Row(MEMBERS, A_PAGE),
    "account_login": Row(ENTRANCE, A_FORM),
    "account_signup": Row(ENTRANCE, A_FORM),
    "account_logout": Row(ALL, "ORMMMO", get_gate="RR**R****RR"),
    "account_inactive": Row(ALL, A_PAGE),
    "account_reauthenticate": Row(MEMBERS, A_FORM),
    "account_email": Row(MEMBERS, A_PRESS),
    "account_email_verification_sent": Row(ALL, A_PAGE),
    # Nobody is sent such a link (codes are): that one of somebody else signs out is allauth's.
    "account_confirm_email": Row(ALL, "ORMMMO", "O-MMMO", "ONMMMO", signed_out="O-MMMO"),
    "account_change_password": Row(MEMBERS, A_FORM),
    "account_set_password": Row(MEMBERS, ALWAYS["R"]),  # they have one
    "account_reset_password": Row(ALL, A_FORM),
    "account_reset_password_done": Row(ALL, A_PAGE),
    # Another device may ask for it than the one that is signed in; the link is what allows it.
    "account_reset_password_from_key": Row(ALL, ALWAYS["R"], ALWAYS["R"], ALWAYS["O"]),
    "account_reset_password_from_key_done": Row(ALL, A_PAGE),
    "account_confirm_login_code": Row(MEMBERS, ALWAYS["R"]),  # a step of signing in
    "mfa_authenticate": Row(MEMBERS, ALWAYS["R"]),  # a step of signing in
    "mfa_index": Row(MEMBERS, A_PAGE),
    "mfa_reauthenticate": Row(MEMBERS, ALWAYS["A"]),  # by their password: no app makes codes
    "mfa_activate_totp": Row(MEMBERS, A_FORM, asks_again=True),
    "mfa_deactivate_totp": Row(MEMBERS, ALWAYS["N"]),  # they have none
    "mfa_view_recovery_codes": Row(MEMBERS, "NMMMMO"),
    "mfa_generate_recovery_codes": Row(MEMBERS, A_PRESS, asks_again=True),
    "mfa_download_recovery_codes": Row(MEMBERS, ALWAYS["N"]),
    "mfa_list_webauthn": Row(MEMBERS, A_PAGE),
    "mfa_add_webauthn": Row(MEMBERS, A_FORM, asks_again=True),
    "mfa_reauthenticate_webauthn": Row(MEMBERS, "O--MMO"),
    "mfa_remove_webauthn": Row(MEMBERS, "ORMMRO", "NNMMNO", "NNMMNO", asks_again=True),
    "mfa_edit_webauthn": Row(MEMBERS, A_FORM, "NNNMMO", "NNNMMO", asks_again=True),
    "mfa_login_webauthn": Row(ENTRANCE, "---MMO"),
    "usersessions_list": Row(MEMBERS, A_PRESS),
}


def kinds_of_ids(pattern):
    return ("own", "other", "missing", "bad") if "<" in pattern else ("own",)


def expected(name, who, method, whose):
    row = TABLE[name]
    if whose == "bad" and not row.bad:
        return "N"
    is_look = method in ("GET", "HEAD")
    gate = row.get_gate if row.get_gate and is_look else row.gate
    letter = gate[WHO.index(who)]
    if letter != "*":
        return letter
    if row.signed_out and MEMBERS[WHO.index(who)] == "-":
        whose = "signed_out" if whose == "own" else whose
    if row.closed and (who, whose) == ("deactivated", "own"):
        whose = "closed"
    place = 0 if is_look else METHODS.index(method) - 1
    return getattr(row, whose)[place]
