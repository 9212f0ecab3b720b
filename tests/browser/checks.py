"""What holds on every page and state. Each check tells what is wrong: nothing is what it should.

With scripts off, a page is loaded with scripts off; they are turned on for measuring only, when
its own can no longer run: what is looked at is what such a browser made of the page.
"""

from contextlib import contextmanager, suppress

from playwright.sync_api import TimeoutError as PlaywrightTimeout

from careerpath.settings import BASE_DIR
from tests.browser.conftest import AXE
from tests.browser.pdf import pages, squashed
from tests.browser.reviewed import unlooked_at

PARTS = [
    (BASE_DIR / "tests" / "browser" / "checking" / f"{name}.js").read_text(encoding="utf-8")
    for name in ("tools", "words", "looks")
]
OURS = "\n".join(["window.ours = (() => {", *PARTS, "return {...SAID, ...SEEN}; })();"])
NARROW = {"width": 320, "height": 640}
MOST_PAGES = 12  # of a report of 60 skills
THEMES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced": {"color_scheme": "light", "forced_colors": "active"},
}
# 1280 x 1024 at 200 % and at 400 %.
DOUBLED, ZOOMED = {"width": 640, "height": 512}, {"width": 320, "height": 256}
MOST_STOPS_INSIDE = 6  # of a date: day, month, year and the button that opens a calendar
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
MORE = ["color-contrast-enhanced", "target-size", "label-content-name-mismatch"]
MORE += ["table-fake-caption", "td-has-header"]
# The reader's own colours, or another project's: the system's pairs are not ours to choose.
CONTRAST = ["color-contrast", "color-contrast-enhanced"]

# What the page says, does and shows as it is; errors first, for others move the focus.
AS_IT_IS = ["errors", "oneHeading", "headingOrder", "title", "language", "ids", "samePlaces"]
AS_IT_IS += ["still", "legends", "labels", "labelInName", "autocomplete", "status", "shortcuts"]
AS_IT_IS += [
    "paste",
    "tables",
    "gapsInWords",
    "statement",
    "linksUnderlined",
    "sideways",
    "clipped",
]
AS_IT_IS += ["overlaps", "targets", "covered", "edges", "textContrast", "bothOrientations", "order"]
AS_IT_IS += ["warned"]
# Django's own pages of the editing area: not our words, lists and measures.
NOT_OURS = {"samePlaces", "legends", "errors", "targets", "title", "linksUnderlined", "edges"}
NOT_OURS |= {"shortcuts", "clipped", "status", "order", "tables", "headingOrder", "autocomplete"}
NOT_OURS |= {"still", "labels", "covered", "textContrast", "warned"}

LOOK = """
async ([tags, more, without]) => {
  for (let moving; (moving = document.getAnimations()).length;) moving.forEach(one => one.finish());
  const rules = Object.fromEntries([
    ...more.map(name => [name, {enabled: true}]), ...without.map(name => [name, {enabled: false}]),
  ]);
  const found = await axe.run(document, {
    runOnly: {type: 'tag', values: tags}, rules, preload: false,
    resultTypes: ['violations', 'incomplete'],
  });
  const flat = part => found[part].flatMap(rule => rule.nodes.map(
    node => [rule.id, node.target.join(' '), node.html.slice(0, 120)]));
  return [flat('violations'), flat('incomplete')];
}
"""
PATIENCE = 10_000  # milliseconds
FOCUSED = """() => {
  const wanted = document.querySelector("[autofocus]");
  return !wanted || wanted.contains(document.activeElement);
}"""
ASK = """
names => names.flatMap(name => ours[name]().map(found => `${name}: ${found}`))
"""


def focused(page):
    """A browser moves the focus when it first draws a page, which may be after it has loaded. If it
    never does, the checks say so."""
    with suppress(PlaywrightTimeout):
        page.wait_for_function(FOCUSED, timeout=PATIENCE)


def bring(page):
    if not page.evaluate("'ours' in window"):
        page.evaluate(OURS)


def ask(page, *names):
    bring(page)
    return page.evaluate(ASK, list(names))


def axe(page, *, forced=False):
    """What axe is sure of, and what it leaves to us: (rule, where, markup) of each."""
    without = CONTRAST if forced else CONTRAST[1:] if "/admin/" in page.url else []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(LOOK, [TAGS, MORE, without])


def dressed(page, look):
    theme, width = look
    page.emulate_media(reduced_motion="reduce", **THEMES[theme])
    page.set_viewport_size({"width": width, "height": 800})


def seen(page, look):
    """What is wrong with the colours and sizes of this theme and width, axe asked as well."""
    dressed(page, look)
    sure, unsure = axe(page, forced=look[0] == "forced")
    found = [*map(str, sure), *unlooked_at(unsure, page)]
    if "/admin/" in page.url:
        return found
    drawn = ["edges"] if look[0] == "forced" else ["edges", "textContrast"]
    return [*found, *ask(page, *drawn)]


def in_each_theme(page, width):
    return [f"{theme}: {one}" for theme in THEMES for one in seen(page, (theme, width))]


@contextmanager
def sized(page, size):
    before = page.viewport_size
    page.set_viewport_size(size)
    yield
    page.set_viewport_size(before)


def as_it_is(page):
    own = "/admin/" not in page.url
    return ask(page, *(name for name in AS_IT_IS if own or name not in NOT_OURS))


def narrow(page):
    """320 px, 400 % zoom, right to left, and the reader's own spacing there."""
    if "/admin/" in page.url:
        with sized(page, NARROW):
            return ask(page, "sideways")
    with sized(page, ZOOMED):
        found = ask(page, "sideways", "clipped", "overlaps", "covered")
    with sized(page, NARROW):
        return [*found, *ask(page, "targets", "spacing", "rightToLeft")]


def wide(page):
    """The same on a wide window, and at 200 % zoom."""
    if "/admin/" in page.url:
        return []
    with sized(page, DOUBLED):
        found = ask(page, "sideways", "clipped", "overlaps", "covered")
    return [*found, *ask(page, "spacing", "rightToLeft")]


def focus(page):
    """Every place that can be focused shows it, and nothing covers it."""
    if "/admin/" in page.url:
        return []
    page.keyboard.press("Tab")  # so that the browser shows where the focus is
    return ask(page, "focus")


def changes(page):
    """Nothing is sent because a choice changed."""
    return ask(page, "autoSubmit")


def tabs(page):
    """With the Tab key: to everything, in the order of the document, and out again."""
    bring(page)
    page.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    page.evaluate("document.body.tabIndex = -1; document.body.focus()")
    page.evaluate("document.body.removeAttribute('tabindex')")
    expected, seen = page.evaluate("ours.stops()"), []
    out = page.evaluate("[...document.all].indexOf(document.body)")
    again = 0
    while again < MOST_STOPS_INSIDE and len(seen) <= len(expected):
        page.keyboard.press("Tab")
        here, *found = page.evaluate("[ours.place(), ...ours.focused()]")
        if found:
            return [f"tabs: {found}"]
        if here == out or here in seen[:1]:
            break
        again = again + 1 if here in seen[-1:] else 0
        if not again:
            seen.append(here)
    if seen == expected:
        return []
    names = [page.evaluate("ours.who", number) for number in seen if number not in expected]
    last = page.evaluate("ours.who", seen[-1]) if seen else ""
    return [f"tabs: {len(seen)} of {len(expected)}, last {last}, not expected {names}"]


def printed(page):
    """On A4: the heading is there, and the statement of a report on its first page."""
    paper = [squashed(one) for one in pages(page.pdf(format="A4"))]
    heading = squashed(page.locator("h1").first.inner_text())
    found = [] if heading in paper[0] else [f"printed: no {heading}"]
    for statement in page.locator("main .report-statement").all_inner_texts():
        if squashed(statement) not in paper[0]:
            found.append("printed: no statement on the first page")
        if len(paper) > MOST_PAGES:
            found.append(f"printed: {len(paper)} pages")
    return found
