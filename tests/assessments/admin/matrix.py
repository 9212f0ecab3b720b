"""Who gets what at each address of the editing area, for GET and for an empty POST.

One letter each for WHO. Then what those who get the page (O) get for an id that does not exist, and
what all who are let into the area get for one that is none, where that differs: no route fits it
(N), or the next one does (R). Whoever may not, may not, whether the id exists or not.

-  is sent to sign in      O  gets the page, or what the press leads to      F  forbidden (403)
M  wrong method (405)      N  not found (404)      R  is led somewhere else, and told why
"""

from dataclasses import dataclass

WHO = (
    "anonymous",
    "guest",  # tries it without an account
    "holder",  # of a link to a report
    "deactivated",  # editor and publisher, with a session from before
    "signed-out",  # the same, with the cookie from before
    "member",
    "editor",
    "publisher",
    "support",
    "both",  # editor and publisher in one
    "superuser",
)
OUTSIDE = WHO[:6]
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")

ALL_STAFF = "------OOOOO"
SEE = "------OOFOO"  # who may look at definitions
EDIT = "------OFFOO"
PUBLISH = "------FOFOO"
ACCOUNTS = "------FFOFO"
BOSS = "------FFFFO"
NOBODY = "------FFFFF"
NO_POST = "------MMMMM"
NOT_THERE = "------NNNNN"


@dataclass(frozen=True)
class Row:
    get: str
    post: str
    missing: str = "R"
    bad: str = ""


def both(outcome, **ids):
    return Row(outcome, outcome, **ids)


def pages(model, *, change=None, add=None, delete=None):
    """The addresses that each model of the definitions has."""
    return {
        f"{model}_changelist": both(SEE),
        f"{model}_add": both(add or EDIT),
        f"{model}_history": both(SEE),
        f"{model}_delete": both(delete or EDIT),
        f"{model}_change": Row(SEE, change or EDIT),
        f"{model.replace('_', '/', 1)}/<path:object_id>/": both(ALL_STAFF),  # leads to the change
    }


def imported(model):
    """What imports write: to read, and nobody's to change."""
    return pages(model, add=NOBODY, change=NOBODY, delete=NOBODY)


def bulk(model):
    return {
        f"{model}_import": both(EDIT),
        f"{model}_export_csv": both(SEE),
        f"{model}_export_xlsx": both(SEE),
    }


TABLE = {
    "index": both(ALL_STAFF),
    "login": both("-----FOOOOO"),
    "logout": Row("OOOOOOMMMMM", "O" * 11),
    "password_change": both(ALL_STAFF),  # leads to our own page for it
    "password_change_done": Row(ALL_STAFF, NO_POST),
    "autocomplete": Row(NOBODY, NO_POST),
    "jsi18n": Row(ALL_STAFF, NO_POST),
    "view_on_site": both(NOT_THERE),
    "app_list": both(ALL_STAFF, missing="N"),  # each sees the models they may look at
    "(?P<url>.*)$": both(NOT_THERE),
    # --- Definitions
    **pages("assessments_fieldofstudy"),
    **pages("assessments_newsletterissue"),
    **pages("assessments_requirement"),
    **pages("assessments_resource"),
    **pages("assessments_resourcelink", add=NOBODY, change=NOBODY),
    **pages("assessments_role"),
    **pages("assessments_roleversion", add=NOBODY, change=NOBODY, delete=NOBODY),
    **pages("assessments_scale"),
    **pages("assessments_skill"),
    **bulk("assessments_requirement"),
    **bulk("assessments_resource"),
    **bulk("assessments_resourcelink"),
    **bulk("assessments_skill"),
    "assessments_role_publish": both(PUBLISH, missing="N", bad="R"),
    "assessments_newsletterissue_preview": Row(
        SEE, PUBLISH, missing="N", bad="R"
    ),  # the press sends it
    "assessments_roleversion_health": both(SEE, missing="N", bad="R"),
    "assessments_skill_preview": both(SEE, missing="N", bad="R"),
    "assessments_changes": Row(SEE, NO_POST),
    "assessments_changes_export": Row(SEE, NO_POST),
    "assessments_put_back": both(EDIT, missing="N", bad="N"),
    # --- Public statistics
    **imported("assessments_occupation"),
    **imported("assessments_outlook"),
    **imported("assessments_release"),
    **imported("assessments_wage"),
    # --- People
    "assessments_user_changelist": both(ACCOUNTS),
    "assessments_user_history": both(ACCOUNTS),
    "assessments_user_change": Row(ACCOUNTS, BOSS),
    "assessments_user_add": both(BOSS),
    "assessments_user_delete": both(NOBODY),
    "auth_user_password_change": both(BOSS, missing="N"),
    "assessments/user/<path:object_id>/": both(ALL_STAFF),
    **{
        f"{model}_{page}": both(BOSS)
        for model in ("auth_group", "account_emailaddress")
        for page in ("changelist", "add", "history", "delete", "change")
    },
    "auth/group/<path:object_id>/": both(ALL_STAFF),
    "account/emailaddress/<path:object_id>/": both(ALL_STAFF),
}


def kinds_of_ids(pattern):
    return ("own", "missing", "bad") if "<" in pattern else ("own",)


def expected(name, who, method, which="own"):
    letter = _for_own(name, who, method)
    if which == "own" or letter in "-M":
        return letter
    if which == "bad" and TABLE[name].bad:
        return TABLE[name].bad
    return TABLE[name].missing if letter == "O" else letter


def _for_own(name, who, method):
    row, place = TABLE[name], WHO.index(who)
    if method in ("GET", "HEAD"):
        return row.get[place]
    if method == "POST":
        return row.post[place]
    if name == "login" and method in ("PUT", "OPTIONS"):  # it is allauth's, and takes more
        return row.get[place]
    return row.get[place] if who in OUTSIDE else "M"
