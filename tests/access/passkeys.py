"""Passkeys as rows, without a device."""

import json

from allauth.mfa.models import Authenticator
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData


def passkey(user, name):
    """As a browser sends one, with a key that nobody holds."""
    number = user.pk.to_bytes(16, "big")
    public = ES256({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})
    made = AttestedCredentialData.create(Aaguid.NONE, number, public)
    said = {"type": "webauthn.create", "challenge": "", "origin": "https://localhost"}
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    attested = AuthenticatorData.create(bytes(32), flags, 0, made)
    credential = {
        "id": websafe_encode(number),
        "rawId": websafe_encode(number),
        "type": "public-key",
        "response": {
            "clientDataJSON": websafe_encode(json.dumps(said).encode()),
            "attestationObject": websafe_encode(AttestationObject.create("none", attested, {})),
        },
        "clientExtensionResults": {"credProps": {"rk": True}},
    }
    return Authenticator.objects.create(
        user=user,
        type=Authenticator.Type.WEBAUTHN,
        data={"name": name, "credential": credential},
    )
