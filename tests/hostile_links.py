"""Addresses that must not become links: other schemes, disguises, strange hosts."""

from itertools import product

SCHEMES = [
    *(
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "JAVASCRIPT:alert(1)",
        "javascript://%0aalert(1)",
    ),
    *("javascript://example.org/%0Aalert(1)", "vbscript:msgbox(1)", "livescript:a", "mocha:a"),
    *("data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD4=", "data:,a"),
    *("data:image/svg+xml,<svg onload=alert(1)>", "blob:https://example.org/a", "about:blank"),
    *("file:///etc/passwd", "filesystem:https://example.org/", "view-source:https://example.org/"),
    *("http://example.org/", "HTTP://example.org/", "ftp://example.org/", "ws://example.org/"),
    *("wss://example.org/", "mailto:a@example.org", "tel:112", "sms:112", "gopher://example.org/"),
    *(
        "jar:https://example.org!/",
        "intent://a#Intent;end",
        "ms-word:a",
        "steam://a",
        "ssh://a.org",
    ),
    *("chrome://settings", "resource://a", "cid:a", "mid:a", "urn:a", "x:https://example.org/"),
    *(
        "feed:https://example.org/",
        "HTTPS://example.org/",
        "hTtPs://example.org/",
        "https//example.org",
    ),
]
DISGUISED = [
    f"{before}javascript{between}:alert(1)"
    for before, between in product(
        ("", "\x01", "\x00", "\x1f", "\u2028", "\ufeff", "\u200b", "\u202e"),
        ("", "\t", "\n", "\r", "\x00", "&colon;", "\u200b"),
    )
] + [
    *(
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "java\r\nscript:alert(1)",
        "java\x00script:a",
    ),
    *(
        "&#106;avascript:alert(1)",
        "&#x6a;avascript:alert(1)",
        "javascript&#58;alert(1)",
        "%6aavascript:a",
    ),
    *(
        "ｊavascript:alert(1)",
        "ｊａｖａｓｃｒｉｐｔ：alert(1)",
        "jаvascript:alert(1)",
        "\\u006aavascript:a",
    ),
    *(
        "ｈttps://example.org/",
        "https：//example.org/",
        "https:／／example.org/",
        "ht\ttps://example.org/",
    ),
    *(
        "h\nttps://example.org/",
        "https\t://example.org/",
        "https:\n//example.org/",
        "https:/\t/example.org/",
    ),
    *("https&colon;//example.org/", "https%3A//example.org/", "https:&#47;&#47;example.org/"),
]
HOSTS = [
    *("https:", "https:/", "https://", "https:///", "https:example.org", "https:/example.org"),
    *(
        "https:///example.org",
        "https:\\\\example.org",
        "https:\\/example.org",
        "https:/\\example.org",
    ),
    *(
        "https://user@example.org/",
        "https://user:password@example.org/",
        "https://a@b@example.org/",
    ),
    *("https://example.org@evil.example/", "https://@example.org/", "https://:@example.org/"),
    *(
        "https://example.org\\@evil.example/",
        "https://example.org\\.evil.example/",
        "https://evil.example\\",
    ),
    *(
        "https://localhost/",
        "https://LOCALHOST/",
        "https://intranet/",
        "https://127.0.0.1/",
        "https://127.1/",
    ),
    *(
        "https://0x7f.1/",
        "https://017700000001/",
        "https://2130706433/",
        "https://[::1]/",
        "https://[::1",
    ),
    *(
        "https://[::ffff:7f00:1]/",
        "https://[fe80::1%25a]/",
        "https://１２７.0.0.1/",
        "https://①.①/",
    ),
    *(
        "https://exämple.org/",
        "https://еxample.org/",
        "https://example。org/",
        "https://example．org/",
    ),
    *(
        "https://example.org\u2044evil.example/",
        "https://example.org\u3002/",
        "https://ex\u00adample.org/",
    ),
    *(
        "https://example\u200b.org/",
        "https://\u202egro.elpmaxe/",
        "https://.example.org/",
        "https://../",
    ),
    *(
        "https://example..org/",
        "https://-a.example.org/",
        "https://a-.example.org/",
        "https://*.example.org/",
    ),
    *(
        "https://a_b.example.org/",
        "https://exa mple.org/",
        "https://example.org:port/",
        "https://a.org:99999/",
    ),
    *(
        "https://example.org:-1/",
        "https://example.org:٣/",
        "https://#example.org/",
        "https://?example.org/",
    ),
]
PATHS = [
    f"https://example.org/{bad}"
    for bad in (
        *(
            "a b",
            "a\tb",
            "a\nb",
            "a\r\nHost: evil.example",
            "a\x00b",
            "a\x0bb",
            "a\x7fb",
            "a\u00a0b",
            "a\u2028b",
        ),
        *(
            "a\u200bb",
            "a\u202eb",
            "a\ufeffb",
            "ä",
            "漢",
            "😀",
            '"',
            '" onclick="alert(1)',
            "<script>",
            "<b>",
            ">",
        ),
        *(
            "`",
            "\\",
            "\\..\\",
            "|",
            "^",
            "{",
            "}",
            "{{ a }}",
            "{% a %}",
            "{query}",
            "'\"><svg onload=alert(1)>",
        ),
        *("?a=<b>", "?a=b c", '?a="', "#<b>", "# a", '#"', "?{0}", "#\\", "?|"),
    )
]
BAD_LINKS = list(dict.fromkeys([*SCHEMES, *DISGUISED, *HOSTS, *PATHS]))
