"""Templates made ready for each language as they are loaded: what needs nobody's data is
translated then, and not each time that a page is shown; so are addresses of pages and files that
are always the same. Indents of ours and of the editing area are left out.
"""

import html
import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import django.contrib.admin
from django.conf import settings
from django.template import Context, Origin, Template, TemplateSyntaxError
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.defaulttags import IfNode, URLNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.urls import NoReverseMatch, get_script_prefix
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

PAGES = (Path(settings.BASE_DIR) / "templates", Path(django.contrib.admin.__path__[0]))
INDENT = re.compile(r"[ \t]*\n\s*")
PLACE = re.compile(r"%\((\w+)\)s|%%")
GROUPED = 1000  # below it a whole number is written alike everywhere

Part = str | FilterExpression


class _Preparing(base.Loader):
    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        template = super().get_template(template_name, skip)
        _prepare(template.nodelist, without_indents=_is_page(template.origin))
        return template


class Loader(cached.Loader, _Preparing):
    """Wraps the loaders that find templates. It keeps them once they are ready, not before:
    another thread may be showing what is kept."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        return f"{get_language()}:{get_script_prefix()}:{super().cache_key(template_name, skip)}"


def _is_page(origin: Origin) -> bool:
    path = Path(origin.name)
    return path.suffix == ".html" and any(path.is_relative_to(one) for one in PAGES)


def _prepare(nodes: NodeList, *, without_indents: bool) -> None:
    ready: list[Node] = []
    for one in nodes:
        for inner in _inner(one):
            _prepare(inner, without_indents=without_indents)
        for node in _ready(one):
            if isinstance(node, TextNode) and ready and isinstance(ready[-1], TextNode):
                ready[-1] = TextNode(ready[-1].s + node.s)
            else:
                ready.append(node)
    if without_indents:
        ready = [
            TextNode(INDENT.sub("\n", one.s)) if isinstance(one, TextNode) else one for one in ready
        ]
    nodes[:] = ready


def _inner(node: Node) -> Iterator[NodeList]:
    if isinstance(node, LanguageNode):
        return  # another language than that of the page
    if isinstance(node, IfNode):
        yield from (nodes for _condition, nodes in node.conditions_nodelists)
    yield from (one for one in vars(node).values() if isinstance(one, NodeList))


def _ready(node: Node) -> Sequence[Node]:
    if type(node) is VariableNode:
        return [_value(node.filter_expression, node)]
    if isinstance(node, TranslateNode) and _is_constant(node):
        return [TextNode(node.render(Context()))]
    if isinstance(node, URLNode | StaticNode) and (address := _fixed_address(node)):
        return [TextNode(address)]
    if isinstance(node, BlockTranslateNode) and not (node.asvar or node.message_context):
        if node.plural and node.countervar and node.counter:
            return [_Counted(node, node.countervar, node.counter)]
        words, _names = node.render_token_list(node.singular)
        parts = _parts(gettext(words), node.extra_context)
        return [_node(one, node) for one in parts] if parts is not None else [node]
    return [node]


def _is_constant(node: TranslateNode) -> bool:
    return _is_text(node.filter_expression) and not (node.asvar or node.message_context)


def _is_text(expression: FilterExpression) -> bool:
    text = expression.var
    if isinstance(text, Variable):  # as `translate` has it
        text = text.literal
    return isinstance(text, str) and not expression.filters


def _fixed_address(node: URLNode | StaticNode) -> str | None:
    """None where it depends on the page: on a value, or on which of several admins it is in."""
    if isinstance(node, StaticNode):
        fixed = _is_text(node.path) and not node.varname
    else:
        name = node.view_name
        fixed = _is_text(name) and not (node.args or node.kwargs or node.asvar)
        fixed = fixed and ":" not in str(name.var)
    try:
        address = node.render(Context(autoescape=False)) if fixed else None
    except NoReverseMatch:
        return None  # told when the page is shown, and only then
    return address if address == escape(address) else None


def _parts(words: str, values: dict[str, FilterExpression]) -> list[Part] | None:
    """Text and what stands between, in order; None where that takes more than `values`."""
    parts: list[Part] = []
    end = 0
    for found in PLACE.finditer(words):
        parts.append(words[end : found.start()])
        end = found.end()
        if found[1] is None:
            parts.append("%")
        elif found[1] in values:
            parts.append(values[found[1]])
        else:
            return None
    parts.append(words[end:])
    if any(isinstance(one, str) and one != "%" and "%" in one for one in parts):
        return None
    return parts


def _node(part: Part, source: Node) -> Node:
    if isinstance(part, str):
        return TextNode(part)
    return _value(part, source)


def _value(expression: FilterExpression, source: Node) -> Node:
    node = _Value(expression)
    node.token, node.origin = source.token, source.origin  # for messages about errors
    return node


class _Value(VariableNode):
    def render(self, context: Context) -> Any:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:  # as Django has it: then nothing stands there
            return ""
        return _text(value, context)


def _text(value: Any, context: Context) -> str:
    """What `render_value_in_context` says, without asking for the language where that changes
    nothing: of numbers under a thousand and of text, which is nearly everything."""
    kind = type(value)
    if kind is SafeString:
        return value
    if kind is str:
        return html.escape(value) if context.autoescape else value
    if kind is int and -GROUPED < value < GROUPED:
        return str(value)
    return render_value_in_context(value, context)


class _Counted(Node):
    """As `BlockTranslateNode` with a plural; each of its sentences is taken apart once."""

    def __init__(self, source: BlockTranslateNode, name: str, counter: FilterExpression) -> None:
        self.source, self.name, self.counter = source, name, counter
        self.token, self.origin = source.token, source.origin
        self.singular, _names = source.render_token_list(source.singular)
        self.plural, _names = source.render_token_list(source.plural)
        self.values = source.extra_context | {name: counter}
        self.known: dict[str, list[Part] | None] = {}

    def render(self, context: Context) -> Any:
        count = self.counter.resolve(context)
        if not isinstance(count, Decimal | float | int):
            raise TemplateSyntaxError(f"{self.name!r} must be a number.")
        words = ngettext(self.singular, self.plural, count)  # type: ignore[arg-type]
        if words not in self.known:
            self.known[words] = _parts(words, self.values)
        parts = self.known[words]
        if parts is None:
            return self.source.render(context)
        return "".join(
            one if isinstance(one, str) else _text(one.resolve(context), context) for one in parts
        )
