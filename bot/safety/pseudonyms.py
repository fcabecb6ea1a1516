"""Names for people that say nothing about them: for logs and for Rasa."""

from hashlib import blake2b


class Pseudonyms:
    """Keyed hashes of sender ids; without the key they cannot be tried out one by one."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of(self, sender_id: str) -> str:
        """Sixteen hexadecimal characters, always the same for the same person and key."""
        return blake2b(sender_id.encode(), key=self._key, digest_size=8).hexdigest()
