"""How a sender is kept apart from what they sent: a sealed contact, a code to ask by, a digest.

Keys are derived from the installation's secret, one for each use; the database alone tells nothing.
"""

from __future__ import annotations

import base64
import hmac

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.crypto import salted_hmac

__all__ = ["CannotOpen", "code_for", "is_code_for", "opened", "sealed", "sender_of"]

#: Without I, L, O and U, which are mistaken for others on paper and on the telephone.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISREAD = str.maketrans("ILO", "110", "- \u3000")
_CODE_LETTERS = 10


class CannotOpen(ValueError):
    """The seal was made under another secret key, or is damaged."""


def sealed(text: str) -> str:
    """Return a contact as it is kept; nothing stays nothing."""
    return _cipher().encrypt(text.encode()).decode() if text else ""


def opened(kept: str) -> str:
    """Return a sealed contact in clear.

    Raises
    ------
    CannotOpen
    """
    try:
        return _cipher().decrypt(kept.encode()).decode() if kept else ""
    except InvalidToken:
        raise CannotOpen("sealed under another key") from None


def code_for(key: str) -> str:
    """Return the code by which a sender asks for the answer, of the key their form came with.

    Ten letters of thirty-two: fifty bits, and asking is slowed down. It is derived, so it is kept nowhere.
    """
    number = int.from_bytes(salted_hmac("qingshan.disclosure.code", key).digest()[:8], "big")
    return "".join(_LETTERS[(number >> (5 * place)) % 32] for place in range(_CODE_LETTERS))


def is_code_for(key: str, typed: str) -> bool:
    """Whether a typed code is the one, forgiving case, spaces, and letters that look like digits."""
    plain = typed.strip().upper().translate(_MISREAD)
    return hmac.compare_digest(plain.encode(), code_for(key).encode())


def sender_of(address: str) -> str:
    """Return the digest by which a network address is counted; it leads back to none."""
    return salted_hmac("qingshan.disclosure.sender", address).hexdigest()


def _cipher() -> Fernet:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"qingshan feedback contact").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(derived))
