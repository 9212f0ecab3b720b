"""What the cache calls its rows."""

from django.utils.crypto import salted_hmac


def hashed_key(key: str, key_prefix: str, version: int) -> str:
    """Limits count by network address and by e-mail address: neither is kept readable."""
    mark = salted_hmac("careerpath.caching", key, algorithm="sha256").hexdigest()
    return f"{key_prefix}:{version}:{mark}"
