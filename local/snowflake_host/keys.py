"""Key pairs: whose a JSON Web Token is, as Snowflake checks it."""

from __future__ import annotations

import base64
import hashlib
import time
import uuid
from typing import Any

import jwt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_der_private_key, load_der_public_key

from snowflake_host.account import Account

ACCOUNT_NAME = "LAPTOP"
LONGEST_SECONDS = 3600
CLOCK_SKEW_SECONDS = 60


class BadToken(Exception):
    """Snowflake says no more than this, with a number to ask its support for."""

    def __init__(self) -> None:
        super().__init__(f"JWT token is invalid. [{uuid.uuid4()}]")


def fingerprint(key: bytes) -> str:
    """Of a public key in DER, as in a token's issuer."""
    return f"SHA256:{base64.b64encode(hashlib.sha256(key).digest()).decode()}"


def public_keys(user: dict[str, Any] | None) -> list[bytes]:
    texts = [(user or {}).get(name) for name in ("RSA_PUBLIC_KEY", "RSA_PUBLIC_KEY_2")]
    return [base64.b64decode("".join(line for line in t.split("\n") if "-----" not in line)) for t in texts if t]


def belongs_to(private_key: bytes | None, user: dict[str, Any] | None) -> bool:
    if not isinstance(private_key, bytes):
        return False
    public = load_der_private_key(private_key, None).public_key()
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) in public_keys(user)


def user_of(token: str, account: Account) -> str:
    """The user whose key signed the token. Raises BadToken."""
    try:
        claimed = jwt.decode(token, options={"verify_signature": False})
        name = str(claimed["sub"]).partition(".")[2]
        key = next(k for k in public_keys(account.contents.users.get(name)) if str(claimed["iss"]).endswith(fingerprint(k)))
        public: Any = load_der_public_key(key)
        claims = jwt.decode(
            token, public, algorithms=["RS256"], leeway=CLOCK_SKEW_SECONDS, options={"require": ["exp", "iat", "iss", "sub"]}
        )
    except (jwt.InvalidTokenError, StopIteration, KeyError, ValueError):
        raise BadToken from None
    right = (claims["iss"], claims["sub"]) == (f"{ACCOUNT_NAME}.{name}.{fingerprint(key)}", f"{ACCOUNT_NAME}.{name}")
    if not right or claims["exp"] > time.time() + LONGEST_SECONDS + CLOCK_SKEW_SECONDS:
        raise BadToken
    return name
