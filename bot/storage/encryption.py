"""Makes what people wrote unreadable in the database. The key stays outside of it.

The one door to `cryptography`. AES-256-GCM: what was changed by a single bit is refused.
"""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.errors import StorageError

SECRET_BYTES = 32
"""Length of the data folder's `secret`, from which the key is derived."""

_PURPOSE = b"zhiquan: free text in the database"
_FORM = "1."
"""Begins every sealed text, so that another way of sealing can be told from this one."""

_NONCE_BYTES = 12
_UNREADABLE = (
    "A text in the database cannot be read: it is damaged, or the key (`secret` in the data "
    "folder, or what ZHIQUAN_SECRET_FILE names) is not the one it was written with. Put back that "
    "file from your backup."
)


class FreeTextCipher:
    """Seals and opens texts with a key of its own, derived from the secret."""

    def __init__(self, key: bytes) -> None:
        """StorageError when the secret is cut short."""
        if len(key) != SECRET_BYTES:
            raise StorageError(
                "The key (`secret` in the data folder, or what ZHIQUAN_SECRET_FILE names) has "
                f"{len(key)} bytes and not {SECRET_BYTES}. Put it back from your backup; if there "
                "is none and no one has used this bot yet, remove the file, and a new one is made."
            )
        derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE).derive(key)
        self._box = AESGCM(derived)

    def encrypt(self, text: str) -> str:
        """Another result each time, so that equal texts do not look equal."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        # A person can send half a character, which plain UTF-8 refuses.
        plain = text.encode("utf-8", "surrogatepass")
        sealed = self._box.encrypt(nonce, plain, _FORM.encode())
        return _folded(nonce + sealed)

    def decrypt(self, text: str) -> str:
        """The text that was sealed; StorageError when it, or the key, is another."""
        try:
            sealed = _unfolded(text)
            plain = self._box.decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], _FORM.encode())
            return plain.decode("utf-8", "surrogatepass")
        except (InvalidTag, ValueError) as error:
            raise StorageError(_UNREADABLE) from error

    def seal(self, values: Mapping[str, object]) -> str:
        """Encrypt plain values as one JSON object."""
        return self.encrypt(json.dumps(values, separators=(",", ":")))

    def unseal(self, text: str) -> dict[str, object]:
        """The values that were sealed; StorageError when they cannot be read."""
        plain = self.decrypt(text)
        # It was sealed by us, so it is whole; but perhaps it was sealed as something else.
        values = json.loads(plain) if plain.startswith("{") else None
        if not isinstance(values, dict):
            raise StorageError(_UNREADABLE)
        return values


def _folded(sealed: bytes) -> str:
    return _FORM + urlsafe_b64encode(sealed).decode()


def _unfolded(text: str) -> bytes:
    """The sealed bytes; ValueError unless this is the one way to write them."""
    sealed = urlsafe_b64decode(text.removeprefix(_FORM))
    if _folded(sealed) != text:
        # base64 passes over what it does not know, and over what follows the end.
        raise ValueError("not a sealed text")
    return sealed
