"""One style and one script for the editing area, made of Django's own files and ours: `make css`.

Django's pages ask for some thirty files. What is made here is never in the repository, since most
of it is not ours; it is as new as the Django that is installed.
"""

import os
import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import django
from django.contrib.admin.widgets import ForeignKeyRawIdWidget, RelatedFieldWidgetWrapper
from django.contrib.staticfiles import finders
from django.forms import Media
from django.forms.widgets import Script
from django.http import HttpRequest
from django.template import Origin
from django.template.loaders import app_directories
from django.views.i18n import JavaScriptCatalog

# In the order in which Django's pages ask for them.
STYLES = (
    *(f"admin/css/{name}.css" for name in ("base", "dark_mode", "nav_sidebar")),
    "assessments/admin.css",
    *(f"admin/css/{name}.css" for name in ("changelists", "widgets", "forms", "dashboard")),
    "admin/css/responsive.css",
)
SCRIPTS = (
    *(f"admin/js/{name}.js" for name in ("nav_sidebar", "filters", "cancel")),
    "admin/js/urlify.js",
    "assessments/admin.js",
    "assessments/rows.js",
)
# For fields with windows of their own and lists with actions: pages of superusers.
WINDOWS = (
    "admin/js/vendor/jquery/jquery.min.js",
    *(f"admin/js/{name}.js" for name in ("jquery.init", "core", "admin/RelatedObjectLookups")),
    "admin/js/actions.js",
)
# What Django's pages ask for, whether they use it or not. Ours: assessments/rows.js, which is a
# tenth of it; XRegExp is for short names in other alphabets, of which we have none.
REPLACED = {
    "admin/js/vendor/jquery/jquery.js",
    "admin/js/vendor/xregexp/xregexp.js",
    "admin/js/vendor/xregexp/xregexp.min.js",
    "admin/js/inlines.js",
    "admin/js/prepopulate.js",
}
WITH_WINDOWS = (RelatedFieldWidgetWrapper, ForeignKeyRawIdWidget)
# Of some pages: elsewhere they would fail, or take other things for theirs.
ONLY_WHERE = {
    "admin/js/filters.js": "#changelist-filter",
}
# Browsers give `unload` up, and keep no page for "back" that waits for it.
OUTDATED = {
    "admin/js/admin/RelatedObjectLookups.js": (
        "window.addEventListener('unload'",
        "window.addEventListener('pagehide'",
    )
}
TOLD_TO_SCRIPTS = 'data-inline-formset="{{ inline_admin_formset.inline_formset_data }}"'
# The formset knows itself to what its rows belong: Django takes an empty value for that.
OWNER = "{% if inline_admin_form.fk_field %}{{ inline_admin_form.fk_field.field }}{% endif %}"
DELETE = "inline_admin_formset.formset.can_delete and inline_admin_formset.has_delete_permission"
REMOVE = '{% include "admin/assessments/_remove_row.html" %}'
# What scripts would add to a page, or take away, as soon as it is there, is so from the start.
PAGES = {
    # Its menu is open unless somebody has closed it.
    "base.html": {'<div class="main" id="main">': '<div class="main shifted" id="main">'},
    "edit_inline/tabular.html": {
        TOLD_TO_SCRIPTS: "",
        OWNER: "",
        # A heading without words is none.
        '<th class="original"></th>': '<td class="original"></td>',
        f'<th>{{% if {DELETE} %}}{{% translate "Delete?" %}}{{% endif %}}</th>': (
            f'{{% if {DELETE} %}}<th>{{% translate "Delete?" %}}</th>'
            "{% else %}<td></td>{% endif %}"
        ),
        # A phone shows a row as a block (assessments/admin.css), its fields under their names.
        '{% if field.field.is_hidden %} hidden{% endif %}">': (
            '{% if field.field.is_hidden %} hidden{% endif %}"'
            ' data-label="{{ field.field.label|capfirst }}">'
        ),
        '<td class="delete">': (
            f'<td class="delete" data-label="{{% translate "Delete?" %}}">{REMOVE}'
        ),
        "{% endfor %}\n     </tbody>": (
            '{% include "admin/assessments/_add_to_table.html" %}{% endfor %}\n     </tbody>'
        ),
    },
    "edit_inline/stacked.html": {
        TOLD_TO_SCRIPTS: "",
        OWNER: "",
        "</h3>": f"{REMOVE}</h3>",
        "</div>{% endfor %}": (
            '</div>{% include "admin/assessments/_add_to_list.html" %}{% endfor %}'
        ),
    },
}
THEMES = re.compile(r"<!-- SVGs -->.*<!-- END SVGs -->", re.DOTALL)  # of a switch that is gone
LARGEST = 1_200  # characters of a picture
ASKED_FOR = re.compile(
    r"""<(?:link rel="stylesheet" href|script src)="{% (?:static ["'](?P<path>[^"']+)["']|"""
    r"""url 'admin:jsi18n') %}"[^>]*>(?:</script>)?"""
)
IMPORT = re.compile(r"@import url\('widgets\.css'\);")
PICTURE_OF_STYLE = re.compile(r"url\(\.\./(?P<path>img/[\w-]+\.svg)\)")
PICTURE_OF_PAGE = re.compile(r"""{% static ["'](?P<path>admin/img/[\w-]+\.svg)["'] %}""")


# --- What pages ask for -----------------------------------------------------------------------


class Loader(app_directories.Loader):
    """Django's pages, without asking for each file that comes with the others, and as `PAGES`
    has them.
    """

    def get_contents(self, origin: Origin) -> str:
        text = ASKED_FOR.sub(
            lambda found: found[0] if found["path"] not in {None, *STYLES, *SCRIPTS} else "",
            super().get_contents(origin),
        )
        text = PICTURE_OF_PAGE.sub(lambda found: picture(found["path"]) or found[0], text)
        return as_ours(THEMES.sub("", text), origin.name)


def as_ours(text: str, path: str) -> str:
    """A LookupError where another Django says it otherwise."""
    name = path.partition("/contrib/admin/templates/admin/")[2]
    changes = PAGES.get(name, {})
    for old, new in changes.items():
        if text.count(old) != 1:
            raise LookupError(f"{path} no longer says {old}")
        text = text.replace(old, new)
    return text


@cache
def picture(path: str) -> str:
    """The whole of it as an address; nothing where it is larger than a request for it."""
    text = _text(path)
    return f"data:image/svg+xml,{quote(text, safe=' /:=;,')}" if len(text) <= LARGEST else ""


def media_beside(context: Mapping[str, Any]) -> Media:
    """What this page asks for beside the one style and the one script, in order after them."""
    asked: Any = context["media"]  # its parts are in no type
    made = {*SCRIPTS, *WINDOWS, *REPLACED}
    paths = [getattr(one, "_path", one) for one in asked._js]
    left = [path for path in paths if path not in made]
    if left or _opens_windows(context):
        left = ["editing/windows.js", *left]
    js: list[Any] = [Script(path, defer=True) for path in left]
    return Media(css=asked._css, js=js)


def _opens_windows(context: Mapping[str, Any]) -> bool:
    form = context["adminform"].form if "adminform" in context else None
    fields = form.fields.values() if form else ()
    return bool(
        context.get("is_popup")
        or context.get("action_form")
        or any(isinstance(one.widget, WITH_WINDOWS) for one in fields)
    )


# --- What they are made of --------------------------------------------------------------------


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerpath.settings")
    django.setup()
    folder, style_source = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(exist_ok=True)
    style_source.write_text(style(), encoding="utf-8")
    (folder / "windows.js").write_text(_joined([words(), *map(_part, WINDOWS)]), encoding="utf-8")
    (folder / "editing.js").write_text(script(), encoding="utf-8")


def style() -> str:
    return "\n".join(PICTURE_OF_STYLE.sub(_picture, IMPORT.sub("", _text(one))) for one in STYLES)


def _picture(found: re.Match[str]) -> str:
    path = f"admin/{found['path']}"
    return f'url("{picture(path) or f"../{path}"}")'


def script() -> str:
    return _joined(map(_part, SCRIPTS))


def _joined(parts: Iterable[str]) -> str:
    return '"use strict";\n' + "\n;\n".join(parts)


def words() -> str:
    """As `admin:jsi18n` answers: translations, and how dates are written."""
    return JavaScriptCatalog(packages=["django.contrib.admin"]).get(HttpRequest()).content.decode()


def _part(path: str) -> str:
    text = _text(path)
    if path in OUTDATED:
        old, new = OUTDATED[path]
        if old not in text:
            raise LookupError(f"{path} no longer says {old}")
        text = text.replace(old, new)
    if path in ONLY_WHERE:
        text = f'if (document.querySelector("{ONLY_WHERE[path]}")) {{\n{text}\n}}'
    return text


def _text(path: str) -> str:
    found = finders.find(path)
    if not found:
        raise LookupError(f"{path} is nowhere")
    return Path(found).read_text(encoding="utf-8")


if __name__ == "__main__":
    main()
