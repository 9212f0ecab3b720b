"""People with a browser, reduced to cookies and forms: for tests against a running server."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape
from http.client import HTTPConnection
from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"
EDGE = "edge-of-a-part"
HIDDEN = re.compile(r"<input[^>]*?>", re.DOTALL)


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def content(self) -> bytes:
        """As Django's own client calls it."""
        return self.body.encode()

    @property
    def hidden(self) -> dict[str, str]:
        """The hidden fields of the page's forms; of equal names the last, the page's own form."""
        found = {}
        for tag in HIDDEN.findall(self.body):
            parts = dict(re.findall(r'(\w+)="([^"]*)"', tag))
            if parts.get("type") == "hidden" and "name" in parts:
                found[parts["name"]] = unescape(parts.get("value", ""))
        return found


@dataclass
class Visitor:
    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    timeout: float = 60

    def get(self, address: str) -> Answer:
        return self._ask("GET", address, None)

    def post(self, address: str, fields: Mapping[str, str | list[str]]) -> Answer:
        return self._ask("POST", address, urlencode(fields, doseq=True))

    def send_file(self, address: str, fields: dict[str, str], name: str, data: bytes) -> Answer:
        """`name` is the field's; beside it the others, as a browser sends such a form."""
        parts = [(f'"{one}"', value.encode()) for one, value in fields.items()]
        parts.append((f'"{name}"; filename="a file.csv"', data))
        body = b"".join(
            b"--%s\r\nContent-Disposition: form-data; name=%s\r\n\r\n%s\r\n"
            % (EDGE.encode(), one.encode(), value)
            for one, value in parts
        )
        body += f"--{EDGE}--\r\n".encode()
        return self._ask("POST", address, body, f"multipart/form-data; boundary={EDGE}")

    def _ask(self, method: str, address: str, body: str | bytes | None, kind: str = FORM) -> Answer:
        headers = {"Host": f"127.0.0.1:{self.port}", "Sec-Fetch-Site": "same-origin"}
        headers |= self.headers
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if body is not None:
            headers["Content-Type"] = kind
        connection = HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            connection.request(method, address, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")  # a ZIP is no text
        finally:
            connection.close()
        for line in response.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        return Answer(response.status, dict(response.headers), text)
