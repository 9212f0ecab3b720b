"""Passkeys as rows, without a device; or with one that signs."""

import json
from hashlib import sha256

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

IN_BACKGROUND = {"X-Requested-With": "XMLHttpRequest"}
NOBODYS = ES256({1: 2, 3: -7, -1: 1, -2: bytes(32), -3: bytes(32)})


def passkey(user, name, public=NOBODYS):
    """As a browser sends one."""
    number = user.pk.to_bytes(16, "big")
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


class Device:
    """Keeps one passkey of one person, and signs in with it."""

    def __init__(self, user):
        self.user = user
        self.key = ec.generate_private_key(ec.SECP256R1())
        passkey(user, "Device", ES256.from_cryptography_key(self.key.public_key()))

    def sign_in(self, client, **more):
        path = "/accounts/2fa/webauthn/login/"
        client.get(path, headers=IN_BACKGROUND)
        return client.post(path, self.signed(client) | more)

    def show_again(self, client, **more):
        """That it is the owner who is signed in."""
        path = "/accounts/2fa/webauthn/reauthenticate/"
        client.get(path)
        return client.post(path, self.signed(client) | more)

    def signed(self, client):
        """What the site asked for last."""
        challenge = client.session["mfa.webauthn.state"]["challenge"]
        said = {"type": "webauthn.get", "challenge": challenge, "origin": "http://testserver"}
        client_data = json.dumps(said).encode()
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        data = AuthenticatorData.create(sha256(b"testserver").digest(), flags, 1)
        signature = self.key.sign(data + sha256(client_data).digest(), ec.ECDSA(SHA256()))
        number = websafe_encode(self.user.pk.to_bytes(16, "big"))
        credential = {
            "id": number,
            "rawId": number,
            "type": "public-key",
            "response": {
                "clientDataJSON": websafe_encode(client_data),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(user_pk_to_url_str(self.user).encode()),
            },
            "clientExtensionResults": {},
        }
        return {"credential": json.dumps(credential)}
