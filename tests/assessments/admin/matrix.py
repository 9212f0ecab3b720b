"""Who gets what at each address of the editing area, for GET and for an empty POST.

One letter each for: anonymous, member, editor, publisher, support, editor and publisher in one,
superuser.

-  is sent to sign in      O  gets the page, or what the press leads to      F  forbidden (403)
M  wrong method (405)      N  not found (404)
"""

WHO = ("anonymous", "member", "editor", "publisher", "support", "both", "superuser")

ALL_STAFF = "--OOOOO"
SEE = "--OOFOO"  # who may look at definitions
EDIT = "--OFFOO"
PUBLISH = "--FOFOO"
ACCOUNTS = "--FFOFO"
BOSS = "--FFFFO"
NOBODY = "--FFFFF"
NO_POST = "--MMMMM"
NOT_THERE = "--NNNNN"


def both(outcome):
    return outcome, outcome


def pages(model, *, change=None, add=None, delete=None):
    """The addresses that each model of the definitions has."""
    return {
        f"{model}_changelist": both(SEE),
        f"{model}_add": both(add or EDIT),
        f"{model}_history": both(SEE),
        f"{model}_delete": both(delete or EDIT),
        f"{model}_change": (SEE, change or EDIT),
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
    "login": both("-FOOOOO"),
    "logout": ("OOMMMMM", "OOOOOOO"),
    "password_change": both(ALL_STAFF),  # leads to our own page for it
    "password_change_done": (ALL_STAFF, NO_POST),
    "autocomplete": (NOBODY, NO_POST),
    "jsi18n": (ALL_STAFF, NO_POST),
    "view_on_site": both(NOT_THERE),
    "app_list": both(ALL_STAFF),  # each sees the models they may look at
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
    "assessments_role_publish": both(PUBLISH),
    "assessments_newsletterissue_preview": (SEE, PUBLISH),  # the press sends it
    "assessments_roleversion_health": both(SEE),
    "assessments_skill_preview": both(SEE),
    "assessments_changes": (SEE, NO_POST),
    "assessments_changes_export": (SEE, NO_POST),
    "assessments_put_back": both(EDIT),
    # --- Public statistics
    **imported("assessments_occupation"),
    **imported("assessments_outlook"),
    **imported("assessments_release"),
    **imported("assessments_wage"),
    # --- People
    "assessments_user_changelist": both(ACCOUNTS),
    "assessments_user_history": both(ACCOUNTS),
    "assessments_user_change": (ACCOUNTS, BOSS),
    "assessments_user_add": both(BOSS),
    "assessments_user_delete": both(NOBODY),
    "auth_user_password_change": both(BOSS),
    "assessments/user/<path:object_id>/": both(ALL_STAFF),
    **{
        f"{model}_{page}": both(BOSS)
        for model in ("auth_group", "account_emailaddress")
        for page in ("changelist", "add", "history", "delete", "change")
    },
    "auth/group/<path:object_id>/": both(ALL_STAFF),
    "account/emailaddress/<path:object_id>/": both(ALL_STAFF),
}


def expected(name, who, method):
    get, post = TABLE[name]
    letter = WHO.index(who)
    if method in ("GET", "HEAD"):
        return get[letter]
    if method == "POST":
        return post[letter]
    if name == "login" and method in ("PUT", "OPTIONS"):  # it is allauth's, and takes more
        return get[letter]
    return get[letter] if who in ("anonymous", "member") else "M"
