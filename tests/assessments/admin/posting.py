"""Filling in a page as a browser does: all its fields as they are, a few of them changed."""

import re
from dataclasses import dataclass
from html.parser import HTMLParser


def without_token(response):
    """The page, so that two of them can be compared."""
    return re.sub(r'csrfmiddlewaretoken" value="\w+"', "", response.content.decode())


@dataclass
class Fields:
    values: dict[str, list[str]]
    choices: dict[str, list[str]]


class _Reader(HTMLParser):
    """Collects what the form in the middle of an admin page would send."""

    def __init__(self):
        super().__init__()
        self.values, self.choices = {}, {}
        self.select = self.area = None

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        name = attrs.get("name")
        if "disabled" in attrs or (tag == "input" and not name):
            return
        if tag == "input" and attrs.get("type") in ("checkbox", "radio"):
            self.choices.setdefault(name, []).append(attrs.get("value", "on"))
            if "checked" in attrs:
                self.values.setdefault(name, []).append(attrs.get("value", "on"))
        elif tag == "input" and attrs.get("type") not in ("submit", "button"):
            self.values[name] = [attrs.get("value", "")]
        elif tag == "textarea" and name:
            self.area, self.values[name] = name, [""]
        elif tag == "select" and name:
            self.select, self.choices[name] = name, []
        elif tag == "option" and self.select:
            self.choices[self.select].append(attrs.get("value", ""))
            if "selected" in attrs:
                self.values.setdefault(self.select, []).append(attrs.get("value", ""))

    def handle_endtag(self, tag):
        if tag == "select":
            self.select = None
        elif tag == "textarea":
            self.area = None

    def handle_data(self, data):
        if self.area:
            self.values[self.area][0] += data


def posted(client, address):
    reader = _Reader()
    reader.feed(client.get(address).content.decode())
    values = {
        name: [value.removeprefix("\n").replace("\r\n", "\n") for value in found]
        for name, found in reader.values.items()
        if "__prefix__" not in name and name != "action"
    }
    return Fields(values, reader.choices)


def post(client, address, **changes):
    """Send the page back with these fields changed; None takes a field away."""
    values = posted(client, address).values
    for name, value in changes.items():
        values[name] = value
    return client.post(
        address, {name: value for name, value in values.items() if value is not None}
    )


def errors_on(response):
    """All that the page complains about; [] after a redirect."""
    if response.status_code == 302:
        return []
    context = response.context
    forms = [context["adminform"].form] if "adminform" in context else []
    formsets = [inline.formset for inline in context.get("inline_admin_formsets", [])]
    if context.get("cl") and context["cl"].formset:
        formsets.append(context["cl"].formset)
    for formset in formsets:
        forms += formset.forms
    found = [text for formset in formsets for text in formset.non_form_errors()]
    return found + [text for form in forms for texts in form.errors.values() for text in texts]
