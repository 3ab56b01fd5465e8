"""환불계좌 sealed for whoever refunds: any desk may seal, only the holder of the key may open.

The public half lies in the settings of the house, the private half in the key store (or a file)
of the PC that pays out; neither desks nor the server need it (spec 80).
"""

import hashlib
import os
from typing import Final

_MAGIC: Final = b"ETSR1"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class CannotOpen(Exception):
    """Sealed for another key, torn or changed."""


def new_key() -> bytes:
    """A private half; it lies with whoever refunds, and nowhere else."""
    return os.urandom(_KEY_BYTES)


def public_half(private: bytes) -> bytes:
    """What desks seal with; `private` are 32 random bytes."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw()


def box_id(public: bytes) -> str:
    """Names a key without telling it."""
    return hashlib.sha256(b"ets refund key" + public).hexdigest()[:16]


def seal(public: bytes, plain: bytes, bound_to: bytes) -> bytes:
    """`plain` for the holder of the key, of use in the place `bound_to` only.

    Raises ValueError when `public` is no key.
    """
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    mine = once.public_key().public_bytes_raw()
    nonce = os.urandom(_NONCE_BYTES)
    cipher = AESGCM(_key_of(shared, mine, public)).encrypt(nonce, plain, _MAGIC + bound_to)
    return _MAGIC + mine + nonce + cipher


def unseal(private: bytes, sealed: bytes, bound_to: bytes) -> bytes:
    """What was sealed. Raises CannotOpen."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    start = len(_MAGIC)
    body = start + _KEY_BYTES + _NONCE_BYTES
    if len(sealed) < body or not sealed.startswith(_MAGIC):
        raise CannotOpen
    theirs, nonce = sealed[start : start + _KEY_BYTES], sealed[start + _KEY_BYTES : body]
    try:
        key = X25519PrivateKey.from_private_bytes(private)
        shared = key.exchange(X25519PublicKey.from_public_bytes(theirs))
        aes = AESGCM(_key_of(shared, theirs, key.public_key().public_bytes_raw()))
        return aes.decrypt(nonce, sealed[body:], _MAGIC + bound_to)
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def _key_of(shared: bytes, once: bytes, public: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), _KEY_BYTES, salt=None, info=_MAGIC + once + public).derive(shared)
