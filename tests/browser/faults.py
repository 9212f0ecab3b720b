"""Faults to plant in a page: what is called for, and where. Each is one that people do make."""

from dataclasses import dataclass

QUESTION, REPORT, CHOICES, SIGN_UP, PLAN = "question", "report", "qualifications", "sign-up", "plan"
STYLE = "const sheet = new CSSStyleSheet(); sheet.replaceSync(`%s`);"
STYLE += "document.adoptedStyleSheets.push(sheet);"


@dataclass(frozen=True)
class Fault:
    name: str
    page: str
    script: str


def look(rules):
    return STYLE % rules


FAULTS = [
    Fault("missing legend", CHOICES, "document.querySelector('main legend').remove()"),
    Fault(
        "gap only by colour",
        REPORT,
        "document.querySelectorAll('.standing').forEach(one => { one.textContent = ''; })",
    ),
    Fault("focus that nobody sees", SIGN_UP, look(":focus-visible { outline: 0 !important }")),
    Fault("hidden error", SIGN_UP, look(".field-error { display: none }")),
    Fault(
        "duplicate id", REPORT, "document.querySelectorAll('main h2').forEach(h => { h.id = 'x'; })"
    ),
    Fault("tiny target", QUESTION, look(".btn { padding: 0; font-size: 9px; min-height: 0 }")),
    Fault(
        "sent by a choice",
        QUESTION,
        "document.querySelectorAll('input[type=radio]').forEach("
        "one => one.addEventListener('change', () => one.form.submit()))",
    ),
    Fault(
        "wrong count in the statement",
        REPORT,
        "const one = document.querySelector('.report-statement strong');"
        "one.textContent = one.textContent.replace(/\\d+/, number => +number + 1)",
    ),
    Fault("summary without focus", QUESTION, "document.activeElement.blur()"),
    Fault(
        "error that its field does not know of",
        SIGN_UP,
        "document.querySelectorAll('[aria-describedby]').forEach("
        "one => one.removeAttribute('aria-describedby'))",
    ),
    Fault("field without a label", SIGN_UP, "document.querySelector('main label').remove()"),
    Fault(
        "heading that jumps",
        REPORT,
        "const one = document.querySelector('main h2');"
        "one.outerHTML = `<h4>${one.textContent}</h4>`",
    ),
    Fault(
        "second main heading",
        REPORT,
        "const one = document.querySelector('main h2');"
        "one.outerHTML = `<h1>${one.textContent}</h1>`",
    ),
    Fault("title that says nothing", QUESTION, "document.title = 'CareerPath'"),
    Fault("no language", QUESTION, "document.documentElement.removeAttribute('lang')"),
    Fault("pale text", REPORT, look(".row-facts, .hint { color: #777 !important }")),
    Fault("pale marks in the chart", REPORT, look("svg * { stroke: #ddd; fill: #ddd !important }")),
    Fault(
        "order by tabindex", QUESTION, "document.querySelector('main .btn-secondary').tabIndex = 3"
    ),
    Fault(
        "keyboard trap",
        QUESTION,
        "document.querySelector('main .btn-primary').addEventListener('keydown', event => {"
        "if (event.key === 'Tab') event.preventDefault(); })",
    ),
    Fault(
        "focus below a bar",
        SIGN_UP,
        "document.body.insertAdjacentHTML('beforeend', '<div id=bar>News</div>');"
        + look("#bar { position: fixed; inset: 30% 0 0; background: #fff; color: #000 }"),
    ),
    Fault(
        "text cut off with more space",
        QUESTION,
        look(".level-card-label { height: 3.2rem; overflow: hidden }"),
    ),
    Fault("too wide for a phone", REPORT, look(".figures { width: 30rem }")),
    Fault(
        "header that takes half of a small window",
        QUESTION,
        look(".site-header { position: sticky; top: 0; z-index: 1 }"),
    ),
    Fault(
        "badge over the heading, from right to left",
        CHOICES,
        "document.querySelector('main h1').insertAdjacentHTML('beforeend', '<b id=badge>New</b>');"
        + look(
            "h1 { position: relative; padding-right: 5rem }"
            " #badge { position: absolute; top: 0; right: 0 }"
        ),
    ),
    Fault(
        "first line cut off from right to left",
        PLAN,
        look(".report-statement { padding-left: 2rem; overflow: hidden; text-indent: -2rem }"),
    ),
    Fault(
        "statement on the second sheet",
        REPORT,
        look("@media print { .report-statement { break-before: page } }"),
    ),
    Fault(
        "no warning before one is signed out",
        QUESTION,
        "document.querySelector('.session-end').remove()",
    ),
    Fault("heading not on paper", REPORT, look("@media print { main h1 { display: none } }")),
    Fault(
        "name without its label",
        QUESTION,
        "document.querySelector('main .btn-primary').setAttribute('aria-label', 'Next')",
    ),
    Fault(
        "table without headers",
        REPORT,
        "document.querySelectorAll('.gap-table th').forEach("
        "one => { one.outerHTML = `<td>${one.innerHTML}</td>`; })",
    ),
    Fault("link only by colour", PLAN, look("main p a { text-decoration: none !important }")),
    Fault("skip link to nowhere", QUESTION, "document.querySelector('main').id = 'other'"),
    Fault(
        "no paste into a password",
        SIGN_UP,
        "document.querySelector('[type=password]').addEventListener("
        "'paste', event => event.preventDefault())",
    ),
    Fault(
        "order against the document", QUESTION, look(".button-row { flex-direction: row-reverse }")
    ),
    Fault(
        "a letter as a shortcut",
        QUESTION,
        "addEventListener('keydown', event => event.key === 's' && event.preventDefault())",
    ),
    Fault(
        "message that is not announced",
        PLAN,
        "document.querySelector('.messages').parentElement.removeAttribute('role')",
    ),
]
