"""Texts that break programs: 500 and more of them, made from families.

`TEXTS` holds what any field may be given, `LONG` the few that are long on purpose. Lone surrogates
are in `TEXTS` too: a form in a browser cannot send them, a body made by hand may.
"""

from itertools import product

from tests.hostile_code import CODE, FILES, SQL

CONTROLS = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
DIRECTIONS = [*"\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"]
UNSEEN = [*"\u00ad\u034f\u115f\u1160\u17b4\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064"]
UNSEEN += [*"\u206a\u206f\u3164\ufe00\ufe0f\ufeff\uffa0\U000e0001\U000e0041\U000e007f\U000e0100"]
SPACES = [*"\u00a0\u1680\u2000\u2003\u2007\u2009\u200a\u2028\u2029\u202f\u205f\u3000"]
NO_CHARACTERS = ["\ufdd0", "\ufffe", "\uffff", "\U0001ffff", "\U0010ffff", "\u0378", "\U000e0fff"]
PRIVATE = ["\ue000", "\uf8ff", "\U000f0000", "\U00100000"]
SURROGATES = ["\ud800", "\udbff", "\udc00", "\udfff", "\udc00\ud800", "\ud83d", "\udc80"]

QUOTES = [*"'\"`´‘’“”„«»‹›″′＂＇"]
NOTHINGS = [
    *("", " ", "  ", "\t", "\n", "\r\n", "\r", "\u00a0", "\u200b", "\u3000", "null", "NULL", "nil"),
    *(
        "None",
        "none",
        "undefined",
        "void",
        "NaN",
        "N/A",
        "n/a",
        "-",
        ".",
        "false",
        "0",
        "false\n",
        "''",
    ),
]
NUMBERS = [
    *(
        "0",
        "-0",
        "+1",
        "00",
        "007",
        "1.",
        ".5",
        "1,5",
        "1e400",
        "-1e400",
        "1E+02",
        "0x7fffffff",
        "1/2",
    ),
    *(
        "2147483648",
        "-2147483649",
        "9223372036854775808",
        "99999999999999999999999999",
        "1e",
        "1_0",
    ),
    *(
        "Infinity",
        "-Infinity",
        "٣",
        "３",
        "²",
        "½",
        "Ⅷ",
        "௧",
        "𝟘",
        "一",
        "1 000",
        "1\u00a0000",
        "1'000",
    ),
]
HEADERS = [
    f"{start}{end}"
    for start, end in product(
        ("a\r\n", "a\n", "a\r", "a%0d%0a", "a\u2028", "a\x85", "a\\r\\n"),
        (
            "Bcc: b@example.org",
            "Set-Cookie: a=b",
            "HTTP/1.1 200 OK",
            "\x1b[31mred",
            "\x1b]0;title\x07",
        ),
    )
]
SCRIPTS = [
    *("العربية", "עברית", "فارسی ۱۲۳", "ئۇيغۇرچە", "हिन्दी", "ไทยยาวๆไม่มีเว้นวรรค", "မြန်မာ", "བོད་ཡིག"),
    *(
        "中文",
        "日本語のテスト",
        "한국어",
        "Ελληνικά",
        "Кириллица",
        "ქართული",
        "Հայերեն",
        "አማርኛ",
        "ᚠᚢᚦ",
        "𐤀𐤁",
    ),
    *(
        "İstanbul",
        "ıIiİ",
        "ß",
        "ẞ",
        "ǆ",
        "ﬁ",
        "ſ",
        "K",
        "Å",
        "Ω",
        "ΐ",
        "ŉ",
        "ǰ",
        "ﬃ",
        "Straße",
        "STRASSE",
    ),
    *("é", "e\u0301", "\u0301", "\u0301\u0301e", "a" + "\u0300" * 60, "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "क्ष्म्य", "각", "각"),
    *("𝓐𝓑", "Ａ", "ⓐ", "①", "㈱", "℃", "™", "аdmin", "pаypal", "ⅰ", "՚", "ʹ", "。", "．", "∕", "⁄"),
    *(
        "a\u202eb",
        "\u202etxt.exe",
        "\u2067א\u2069 b",
        "a\u200fb",
        "\u2066a",
        "abc \u05d0\u05d1 123",
        "(\u05d0",
    ),
]
EMOJI = [
    *(
        "😀",
        "👩‍💻",
        "👨‍👩‍👧‍👦",
        "🏳️‍🌈",
        "👍🏿",
        "🇩🇪",
        "🇩",
        "1️⃣",
        "❤️",
        "☺",
        "🧑🏽‍🚀",
        "🫠",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿",
        "😀" * 40,
    ),
    *("👩‍", "‍💻", "🏿", "\ufe0f", "\u20e3", "🇦🇧🇨", "👁️‍🗨️", "🤷‍♂️", "🕵️‍♀️", "🪿", "\U0001fae8"),
]
WORDS = [
    *(
        "a" * 119,
        "W" * 119,
        "a-" * 59,
        "a/" * 59,
        "." * 119,
        "i" * 119,
        "漢" * 119,
        "ﷺ" * 60,
        "𒐫" * 60,
    ),
    *(
        "supercalifragilistic" * 5,
        "a\u200b" * 50,
        "\u00ad" * 60 + "a",
        "a " * 59,
        "(" * 100,
        "[" * 100,
    ),
    *("<" * 100, "&" * 100, '"' * 100, "\\" * 100, "{" * 100, "\u0301" * 100, "‮" * 60, " a " * 30),
]
_INSIDE = [*CONTROLS, *DIRECTIONS, *UNSEEN, *SPACES, *NO_CHARACTERS, *PRIVATE, *SURROGATES]

TEXTS = list(
    dict.fromkeys(
        [
            *(f"I can{char}read" for char in _INSIDE),
            *(f"{char}at the start" for char in (*DIRECTIONS, *UNSEEN, *SPACES, "\x00", "\x1b")),
            *(f"at the end{char}" for char in (*DIRECTIONS, *UNSEEN, *SPACES, "\x00", "\x7f")),
            *(f"I say {quote}so{quote}" for quote in QUOTES),
            *(f"I{quote}" for quote in QUOTES),
            *CODE,
            *SQL,
            *FILES,
            *NOTHINGS,
            *NUMBERS,
            *HEADERS,
            *SCRIPTS,
            *EMOJI,
            *WORDS,
        ]
    )
)
MIB = 1024 * 1024
LONG = [
    "a" * MIB,
    "I " * (MIB // 2),
    "漢" * (MIB // 3),
    "\n" * 4_000,
    "\x00" * 2_000,
    "<b>" * 5_000,
]
