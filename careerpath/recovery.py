"""Recovery codes of which the database holds hashes alone.

allauth keeps a seed in the clear that all of them can be worked out from, at any time. Ours are
drawn when they are shown, which happens once. Older seeds are hashed at their first use.
"""

import hmac
import secrets
from time import time
from typing import Any

from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal import auth, flows
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from argon2.low_level import Type, hash_secret_raw
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction

HIDDEN = "********"
# Argon2id as for passwords, somewhat less of it: one try has ten hashes of one salt to fit.
COST = {"time_cost": 3, "memory_cost": 19 * 1024, "parallelism": 1}
SALT_BYTES, HASH_BYTES = 16, 32
EMPTY: dict[str, Any] = {"data": {"hashes": []}}


def install() -> None:
    """allauth asks no setting which class to use, and knows it under these two names."""
    auth.RecoveryCodes = flows.RecoveryCodes = HashedCodes


class HashedCodes(RecoveryCodes):
    """`data` holds `salt` and `hashes`, of those not used yet, once the codes were shown."""

    instance: Any
    drawn: tuple[str, ...] = ()

    @classmethod
    def activate(cls, user: AbstractBaseUser) -> "HashedCodes":
        kind = Authenticator.Type.RECOVERY_CODES
        return cls(Authenticator.objects.get_or_create(user=user, type=kind, defaults=EMPTY)[0])

    @transaction.atomic
    def mark_as_viewed(self) -> None:
        """Of two who look at the same moment, one sees them."""
        self._lock()
        if self.did_view:
            return
        self.drawn = draw()
        self._keep(self.drawn)

    def get_unused_codes(self) -> list[str]:
        """Stars, but on the page that draws them."""
        if self.drawn:
            return list(self.drawn)
        if "seed" in self.instance.data and self.did_view:
            return [HIDDEN for _code in super().get_unused_codes()]
        if not self.did_view:
            return [HIDDEN] * app_settings.RECOVERY_CODE_COUNT
        return [HIDDEN for _hash in self.instance.data["hashes"]]

    @transaction.atomic
    def validate_code(self, code: str) -> bool:
        self._lock()
        if "seed" in self.instance.data:
            self._keep(super().get_unused_codes())
        data: dict[str, Any] = self.instance.data
        if not data["hashes"]:
            return False
        digest = hashed(code.strip(), data["salt"])
        left = [one for one in data["hashes"] if not hmac.compare_digest(one, digest)]
        if len(left) == len(data["hashes"]):
            return False
        data["hashes"] = left
        self.instance.save(update_fields=["data"])
        return True

    def _lock(self) -> None:
        self.instance = Authenticator.objects.select_for_update().get(pk=self.instance.pk)

    def _keep(self, codes: tuple[str, ...] | list[str]) -> None:
        salt = secrets.token_hex(SALT_BYTES)
        hashes = [hashed(code, salt) for code in codes]
        self.instance.data = {"salt": salt, "hashes": hashes, "viewed_at": time()}
        self.instance.save(update_fields=["data"])


def draw() -> tuple[str, ...]:
    digits, found = app_settings.RECOVERY_CODE_DIGITS, set[str]()
    while len(found) < app_settings.RECOVERY_CODE_COUNT:
        found.add(f"{secrets.randbelow(10**digits):0{digits}}")
    return tuple(found)


def hashed(code: str, salt: str) -> str:
    digest = hash_secret_raw(
        code.encode(), bytes.fromhex(salt), hash_len=HASH_BYTES, type=Type.ID, **COST
    )
    return digest.hex()
