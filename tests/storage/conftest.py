"""The key of the tests' bot."""

import pytest

from bot.storage.encryption import FreeTextCipher
from tests.storage.people import SECRET


@pytest.fixture
def cipher() -> FreeTextCipher:
    return FreeTextCipher(SECRET)
