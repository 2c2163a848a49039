"""``sign.py keys NAME…``: key pairs as JSON. ``sign.py token``: a token for the key and claims on standard input."""

from __future__ import annotations

import base64
import hashlib
import json
import sys

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa


def pair() -> dict[str, str]:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    fingerprint = base64.b64encode(hashlib.sha256(der).digest()).decode()
    return {"private": pem.decode(), "public": base64.b64encode(der).decode(), "fingerprint": f"SHA256:{fingerprint}"}


if sys.argv[1] == "keys":
    print(json.dumps({name: pair() for name in sys.argv[2:]}))
else:
    given = json.load(sys.stdin)
    print(jwt.encode(given["claims"], given["key"], algorithm=given.get("algorithm", "RS256")), end="")
