"""Who may use the desk: a token that is printed, the signed cookies it is traded for, CSRF.

Nothing is kept but the key: open tabs go on when the desk is started anew.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error as Base64Error
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from starlette.responses import Response

_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Session:
    """One browser: its id, and the name of who sits there; None before one was chosen."""

    id: str
    person: str | None


class Sessions:
    """Makes cookies and believes only its own. `port` keeps two desks on one machine apart."""

    def __init__(self, key: bytes, token: str, port: int) -> None:
        self._key = key
        self._token = token
        self._session_cookie = f"zhiquan_desk_{port}"
        self._person_cookie = f"zhiquan_person_{port}"

    def is_token(self, told: str) -> bool:
        """Whether this is the token that was printed."""
        return hmac.compare_digest(told.encode(), self._token.encode())

    def begin(self, response: Response) -> None:
        """Let this browser in from now on."""
        self._set(response, self._session_cookie, secrets.token_urlsafe(24))

    def remember_person(self, response: Response, name: str) -> None:
        """Note who sits at this browser."""
        encoded = urlsafe_b64encode(name[:_LONGEST_NAME].encode()).decode()
        self._set(response, self._person_cookie, encoded)

    def of(self, cookies: Mapping[str, str]) -> Session | None:
        """The session that these cookies prove; None without one."""
        session_id = self._unsigned(self._session_cookie, cookies)
        if session_id is None:
            return None
        return Session(session_id, _name(self._unsigned(self._person_cookie, cookies)))

    def csrf(self, session: Session) -> str:
        """What a form of this session carries, and a foreign page cannot know."""
        return self._sign("csrf", session.id)

    def is_csrf(self, session: Session, told: str) -> bool:
        """Whether a form is ours."""
        return hmac.compare_digest(told.encode(), self.csrf(session).encode())

    def _set(self, response: Response, cookie: str, value: str) -> None:
        signed = f"{value}.{self._sign(cookie, value)}"
        response.set_cookie(cookie, signed, path="/", httponly=True, samesite="strict")

    def _unsigned(self, cookie: str, cookies: Mapping[str, str]) -> str | None:
        value, _, signature = cookies.get(cookie, "").rpartition(".")
        proof = self._sign(cookie, value)
        is_ours = bool(value) and hmac.compare_digest(signature.encode(), proof.encode())
        return value if is_ours else None

    def _sign(self, purpose: str, value: str) -> str:
        return hmac.new(self._key, f"{purpose}\0{value}".encode(), sha256).hexdigest()


def _name(encoded: str | None) -> str | None:
    try:
        return None if encoded is None else urlsafe_b64decode(encoded).decode()
    except (Base64Error, UnicodeDecodeError):
        return None
