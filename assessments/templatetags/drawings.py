"""Drawings of which a page has one for each line: written in one go, the same ones only once."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from assessments.domain.charts import Dumbbell
from assessments.domain.gaps import Standing
from assessments.report_pages import Row

register = template.Library()


@register.simple_tag
def dumbbell(row: Row) -> SafeString:
    """You and the target on one line, and the same in words."""
    words = {"title": row.gap.requirement.title, "have": row.have_word, "need": row.need_word}
    said = (
        _("%(title)s: you %(have)s, target %(need)s")
        if row.need_word
        else _("%(title)s: you %(have)s, target uncertain")
    )
    chart = row.chart
    size = f"0 0 {chart.width} {chart.height}"
    return format_html(
        '<svg class="dumbbell" viewBox="{}" role="img" aria-label="{}">{}</svg>',
        size,
        said % words,
        _marks(chart, row.gap.standing is not Standing.MET),
    )


@lru_cache(maxsize=500)  # a scale has at most ten levels or so
def _marks(chart: Dumbbell, has_gap: bool) -> SafeString:
    ticks = "".join(f"M{x:g} {chart.tick_top:g}V{chart.tick_bottom:g}" for x in chart.ticks)
    line, disc = '<line class="{}" x1="{}" x2="{}" y1="{}" y2="{}"/>', chart.you or 0.0
    middle = f"{chart.middle:g}"
    parts = [
        format_html(line, "axis-line", f"{chart.start:g}", f"{chart.end:g}", middle, middle),
        format_html('<path class="axis-tick" d="{}"/>', ticks),
    ]
    if chart.target is not None:
        if has_gap:
            ends = (f"{disc:g}", f"{chart.target:g}")
            parts.append(format_html(line, "gap", *ends, middle, middle))
        parts.append(
            format_html(
                '<rect class="target" x="{}" y="{}" width="{}" height="{}"/>',
                f"{chart.square_left:g}",
                f"{chart.square_top:g}",
                chart.side,
                chart.side,
            )
        )
    parts.append(
        format_html(
            '<circle class="you" cx="{}" cy="{}" r="{}"/>', f"{disc:g}", middle, chart.radius
        )
    )
    return format_html("{}" * len(parts), *parts)
