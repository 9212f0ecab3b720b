"""A page of Django's admin asks the same about its row again for each part that it shows."""

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def once(find: Callable[P, T]) -> Callable[P, T]:
    """Keeps the answer with the last argument: the row as it was read, or the request.

    For what depends on nothing else, and on no change that the same request makes.
    """
    name = f"_{find.__module__}.{find.__qualname__}"

    @wraps(find)
    def asked(*args: P.args, **kwargs: P.kwargs) -> T:
        kept: dict[str, Any] = vars(args[-1])
        if name not in kept:
            kept[name] = find(*args, **kwargs)
        found: T = kept[name]
        return found

    return asked
