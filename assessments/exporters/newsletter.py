"""An issue of the newsletter as HTML that can do nothing but be read."""

from urllib.parse import urlsplit

import nh3
from markdown_it import MarkdownIt

TAGS = {
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "h2",
    "h3",
    "h4",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "ul",
}
SCHEMES = {"https", "mailto"}
DEEPEST_HEADING = 4

# No pictures: one from elsewhere tells its owner who has opened the mail.
markdown = MarkdownIt("commonmark", {"html": False}).disable("image")


class CleanHtml(str):
    """Passed the list of tags below, so templates take it as it is. Made by `as_html` alone."""

    __slots__ = ()

    def __html__(self) -> str:
        return self


def as_html(text: str) -> CleanHtml:
    tokens = markdown.parse(text)
    for token in tokens:
        if token.type.startswith("heading_"):
            # The subject is the heading of the first level.
            token.tag = f"h{min(int(token.tag[1:]) + 1, DEEPEST_HEADING)}"
    return CleanHtml(
        nh3.clean(
            markdown.renderer.render(tokens, markdown.options, {}),
            tags=TAGS,
            attributes={"a": {"href"}},
            attribute_filter=only_safe_addresses,
            url_schemes=SCHEMES,
            link_rel=None,
        )
    )


def only_safe_addresses(tag: str, name: str, value: str) -> str | None:
    """Addresses without a scheme too lead nowhere from a mail."""
    try:
        return value if urlsplit(value).scheme.lower() in SCHEMES else None
    except ValueError:
        return None
