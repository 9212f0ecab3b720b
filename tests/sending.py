"""Sending what no browser would: halves of surrogate pairs, NUL, megabytes."""

from urllib.parse import urlencode

FORM = "application/x-www-form-urlencoded"


def send(client, address, values, *, method="post"):
    body = urlencode(values, doseq=True, errors="surrogatepass")
    if method == "get":
        return client.get(address, QUERY_STRING=body)
    return client.post(address, body, content_type=FORM)
