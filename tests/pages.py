"""Reading pages back: their title, their main part, their words."""

import re
from html import unescape


def html(response):
    """The page without its form tokens, which differ every time."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


def main(response):
    return re.search(r"<main.*</main>", html(response), re.DOTALL).group()


def title(response):
    return words(re.search(r"<title>(.*)</title>", html(response), re.DOTALL).group(1))


def words(markup):
    """What a person reads, with single spaces."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", markup)).split())


def part(markup, start, end):
    """From one piece of text to the next occurrence of another."""
    return markup.split(start, 1)[1].split(end, 1)[0]


def rows(markup, table_class):
    """The cells of a table's body: a list of words for every row."""
    table = re.search(rf'<table class="{table_class}">.*?</table>', markup, re.DOTALL).group()
    body = part(table, "<tbody>", "</tbody>")
    return [
        [words(cell) for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)]
        for row in re.findall(r"<tr.*?</tr>", body, re.DOTALL)
    ]
