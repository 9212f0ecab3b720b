"""Reads YAML node by node, so that every error can name its line."""

import re
from collections.abc import Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from urllib.parse import urlsplit

import yaml

from assessments.domain.text import first_unwanted, is_control

LARGEST_FILE = 1024 * 1024
MOST_PARTS = 60_000  # what 1 MiB of a role holds; the shortest possible lists would hold far more
DEEPEST = 20
LONGEST_QUOTE = 60
INTEGER = "tag:yaml.org,2002:int"
BOOLEAN = "tag:yaml.org,2002:bool"
NULL = "tag:yaml.org,2002:null"
PLAIN_TAGS = {
    f"tag:yaml.org,2002:{name}"
    for name in ("str", "int", "float", "bool", "null", "seq", "map", "timestamp")
}
_LABEL = "[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
HOST = re.compile(rf"(?:{_LABEL}\.)+(?=[a-z]){_LABEL}")  # a name, and no number of a computer


@dataclass(frozen=True, order=True)
class RowError:
    """`line` counts from 1; the message says what to do about it."""

    line: int
    message: str


class UnreadableFile(Exception):
    def __init__(self, errors: Collection[RowError]) -> None:
        super().__init__(f"{len(errors)} errors")
        self.errors = tuple(sorted(set(errors)))


def compose(content: bytes) -> yaml.Node:
    """The root of the file. Anchors, aliases and tags are refused: a role file needs none."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFile([RowError(1, "The file is larger than 1 MiB. Split the role.")])
    line, depth = 1, 0
    try:
        text = content.decode("utf-8")
        for number, event in enumerate(yaml.parse(text, yaml.SafeLoader)):
            line = _line(event)
            if message := _refused(event):
                raise UnreadableFile([RowError(line, message)])
            depth += _step(event)
            if depth > DEEPEST:
                raise UnreadableFile([RowError(line, "The file is nested too deeply.")])
            if number > MOST_PARTS:
                raise UnreadableFile(
                    [RowError(line, "The file has too many parts. Split the role.")]
                )
        root = yaml.compose(text, yaml.SafeLoader)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile([RowError(line, "Save the file as UTF-8.")]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UnreadableFile(
            [RowError(line, "Remove the control character in this line.")]
        ) from None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise UnreadableFile(
            [RowError(mark.line + 1 if mark else 1, f"This is not YAML: {error.problem}.")]
        ) from None
    except (ValueError, OverflowError):
        # From an escape such as "\UFFFFFFFF", or a number in a %YAML line; PyYAML tells no line.
        message = "There is no such character or number, here or in the lines below."
        raise UnreadableFile([RowError(line, message)]) from None
    if root is None:
        raise UnreadableFile([RowError(1, "The file is empty.")])
    return root


def _line(node: yaml.Node | yaml.Event) -> int:
    return node.start_mark.line + 1 if node.start_mark else 1


def _refused(event: yaml.Event) -> str:
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return "Write the text out: & and * are not read here."
    if getattr(event, "tag", None):
        return "Remove the tag: words that begin with ! are not read here."
    return ""


def _step(event: yaml.Event) -> int:
    return isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)


@dataclass
class Reader:
    """Takes values out of nodes and collects every error; a bad value gives its type's blank."""

    errors: list[RowError] = field(default_factory=list)

    def error(self, node: yaml.Node, message: str) -> None:
        self.errors.append(RowError(_line(node), message))

    def mapping(self, node: yaml.Node, keys: Collection[str], what: str) -> dict[str, yaml.Node]:
        """The nodes by key. A key with a "?" at its end may be missing."""
        if not isinstance(node, yaml.MappingNode):
            self.error(node, f"Here belongs {what}, with its keys and values.")
            return {}
        known = {key.rstrip("?") for key in keys}
        found: dict[str, yaml.Node] = {}
        for name, value in node.value:
            key = name.value if isinstance(name, yaml.ScalarNode) else ""
            if key not in known:
                self.error(
                    name, f"“{_quoted(key)}” is not known here. Known: {', '.join(sorted(known))}."
                )
            elif key in found:
                self.error(name, f"“{key}” stands here twice. Remove one.")
            else:
                found[key] = value
        for key in sorted(set(keys) - found.keys()):
            if not key.endswith("?"):
                self.error(node, f"“{key}” is missing from {what}.")
        return found

    def items(self, node: yaml.Node | None, what: str) -> Iterator[yaml.Node]:
        if node is None or node.tag == NULL:
            return
        if not isinstance(node, yaml.SequenceNode):
            self.error(node, f"Here belongs a list of {what}: lines that begin with “- ”.")
            return
        yield from node.value

    def text(
        self, node: yaml.Node | None, most: int, *, blank: bool = False, lines: bool = False
    ) -> str:
        """One line, or several where `lines` allows it; at most `most` characters."""
        if node is None:
            return ""
        if not isinstance(node, yaml.ScalarNode) or node.tag not in PLAIN_TAGS:
            self.error(node, "Here belongs a text.")
            return ""
        text = "" if node.tag == NULL else node.value.strip()
        if not text and not blank:
            self.error(node, "This text is empty.")
        if len(text) > most:
            self.error(node, f"At most {most} characters fit here; these are {len(text)}.")
        if first_unwanted(text, allowed="\n" if lines else ""):
            self.error(node, "Remove the line break or control character inside this text.")
        return text

    def integer(self, node: yaml.Node | None, least: int, most: int) -> int:
        if node is None:
            return least
        wanted = f"Here belongs a whole number from {least} to {most}."
        if not isinstance(node, yaml.ScalarNode) or node.tag != INTEGER:
            self.error(node, wanted)
            return least
        try:
            value = int(node.value)
        except ValueError:
            value = least - 1
        if not least <= value <= most:
            self.error(node, wanted)
            return least
        return value

    def boolean(self, node: yaml.Node | None) -> bool:
        if node is None:
            return False
        if node.tag != BOOLEAN:
            self.error(node, "Here belongs true or false.")
            return False
        return str(node.value).lower() in ("true", "yes", "on")

    def decimal(self, node: yaml.Node | None) -> Decimal | None:
        """A figure with at most two decimals; None for null."""
        if node is None or node.tag == NULL:
            return None
        value, fits = Decimal(0), False
        if isinstance(node, yaml.ScalarNode):
            with suppress(ArithmeticError):
                value = Decimal(node.value)
                fits = value.is_finite() and value.adjusted() < 12 and value == round(value, 2)
        if not fits:
            self.error(node, "Here belongs a number with at most two decimals, such as 41.21.")
            return None
        return value + 0  # -0 is 0

    def choice(self, node: yaml.Node | None, choices: Collection[str]) -> str:
        text = self.text(node, 80)
        if node is not None and text and text not in choices:
            self.error(node, f"“{_quoted(text)}” is not one of: {', '.join(choices)}.")
            return ""
        return text

    def slug(self, node: yaml.Node | None, *, taken: Collection[str] = ()) -> str:
        text = self.text(node, 80)
        if node is not None and text and not _is_slug(text):
            self.error(node, f"“{_quoted(text)}” may hold only a-z, 0-9, - and _.")
        if node is not None and text in taken:
            self.error(node, f"A page of the site is called “{text}”. Choose another.")
        return text

    def address(self, node: yaml.Node | None, *, blank: bool = False, placeholder: str = "") -> str:
        """`placeholder` may stand in it, though it holds characters that no address may."""
        text = self.text(node, 500, blank=blank)
        plain = text.replace(placeholder, "") if placeholder else text
        if node is not None and text and not is_https(plain):
            self.error(node, "Here belongs an address that starts with https://")
        return text


@lru_cache(maxsize=2_000)
def is_https(text: str) -> bool:
    """An absolute https address of a named host, without a user name and white space."""
    try:
        parts = urlsplit(text)
        named = bool(HOST.fullmatch(parts.hostname or ""))
        parts.port  # noqa: B018 (raises for a port that is none)
    except ValueError:
        return False
    plain = all("!" <= char <= "~" and char not in '\\"<>`{}|^' for char in text)
    return text.startswith("https://") and named and plain and "@" not in parts.netloc


def _is_slug(text: str) -> bool:
    """What Django's slug fields take: editors may have named things so."""
    return all(char.isascii() and (char.isalnum() or char in "-_") for char in text)


def _quoted(text: str) -> str:
    """For a message on a terminal: short, and without anything that steers it."""
    short = text if len(text) <= LONGEST_QUOTE else f"{text[:LONGEST_QUOTE]}…"
    return "".join("?" if is_control(char) else char for char in short)
