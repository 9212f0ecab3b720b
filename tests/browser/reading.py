"""Reading a report page back into figures."""

from assessments.domain.charts import level_at

READ_ROWS = """
() => [...document.querySelectorAll('.gap-table tbody tr:has(svg)')].map(row => ({
  title: row.querySelector('th').firstChild.textContent.trim(),
  facts: row.querySelector('th .row-facts').textContent,
  cells: [...row.querySelectorAll('td')].slice(0, 3).map(cell => cell.innerText),
  name: row.querySelector('svg').getAttribute('aria-label'),
  you: +row.querySelector('circle.you').getAttribute('cx'),
  square: ['x', 'width'].map(name => +row.querySelector('rect.target').getAttribute(name)),
  line: row.querySelectorAll('line.gap').length,
}))
"""


def decoded_rows(page, top=4):
    """Title, the two levels as drawn, and whether a line joins them."""
    return [
        (
            row["title"],
            level_at(row["you"], top),
            level_at(row["square"][0] + row["square"][1] / 2, top),
            bool(row["line"]),
        )
        for row in page.evaluate(READ_ROWS)
    ]


def written_rows(page):
    """Title, your level, the one asked for, the gap: in words."""
    return [
        (row["title"], row["cells"][0].split("\n")[0], row["cells"][1], row["cells"][2])
        for row in page.evaluate(READ_ROWS)
    ]


def chart_names(page):
    return [row["name"] for row in page.evaluate(READ_ROWS)]


def weights(page):
    """The sum line by line: each target with its weight, which "5 × 2 = 10" ends with."""
    rows = page.locator(".working-table tbody tr").evaluate_all(
        "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    )
    return [(cells[0], int(cells[1].split("=")[-1])) for cells in rows]


def gap_in_words(gap):
    if gap.short:
        return f"{gap.short} level{'s' if gap.short > 1 else ''} to go"
    return f"met, {gap.above} above" if gap.above else "met"


def statement_in_words(figures):
    """The sentences on top of a report, from what the domain computes."""

    def are(count):
        return f"{count} is" if count == 1 else f"{count} are"

    result, definition = figures.result, figures.definition
    said = [f"You meet {figures.readiness.met} of the {figures.readiness.targets} targets."]
    if result.one_below:
        said.append(f"{are(result.one_below)} one level below.")
    if result.two_or_more_below:
        said.append(f"{are(result.two_or_more_below)} two or more below.")
    if result.unknown:
        said.append(f"{are(len(result.unknown))} unknown.")
    if gap := figures.largest:
        scale = definition.scale_of(gap.skill)
        said.append(
            f"The largest gap is {gap.requirement.title}: you chose {scale.word(gap.have)}, "
            f"the target is {scale.word(gap.need)}."
        )
    return " ".join(said)


def page_bytes(context, path):
    """A page as it comes over the wire."""
    response = context.request.get(path)
    assert response.ok
    return response.body()
