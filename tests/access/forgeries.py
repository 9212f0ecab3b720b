"""POSTs as another site makes a browser send them: the body, its type, the headers."""

from django.middleware.csrf import _get_new_csrf_string

FORM = "application/x-www-form-urlencoded"
ELSEWHERE = "https://elsewhere.example"


def forgeries(token):
    other = _get_new_csrf_string()
    return {
        "without a token": ("", FORM, {}),
        "with a wrong token": (f"csrfmiddlewaretoken={other}", FORM, {}),
        "with a token cut short": (f"csrfmiddlewaretoken={token[:-1]}", FORM, {}),
        "from another site": (f"csrfmiddlewaretoken={token}", FORM, {"HTTP_ORIGIN": ELSEWHERE}),
        "from nowhere": (f"csrfmiddlewaretoken={token}", FORM, {"HTTP_ORIGIN": "null"}),
        "as plain text": (f"csrfmiddlewaretoken={token}", "text/plain", {}),
        "as JSON": (f'{{"csrfmiddlewaretoken": "{token}"}}', "application/json", {}),
        "with it in the address": ("", FORM, {"QUERY_STRING": f"csrfmiddlewaretoken={token}"}),
    }
