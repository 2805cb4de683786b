"""Posting to the bureau's own message platform, signed so that it can tell who speaks.

The body is JSON; ``X-Qingshan-Signature`` holds ``sha256=`` and the HMAC-SHA256 of
``timestamp + "." + body`` under the shared secret, ``X-Qingshan-Timestamp`` the Unix seconds. The
receiver refuses old timestamps and drops a ``key`` it has seen.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import urllib.error
import urllib.request
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from qingshan.messages.channels.port import Letter, NeverSent, NotSent

TIMEOUT_S = 10


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A signed notice goes where the administrator said, and nowhere else."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        return None


class WebhookChannel:
    """Posts a letter to one address."""

    def __init__(self, address: str, secret: str) -> None:
        self._address, self._secret = address, secret
        # No proxy of the environment and no file or ftp address: http and https alone.
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _NoRedirect(),
        ):
            self._opener.add_handler(handler)

    def send(self, letter: Letter) -> None:
        """Post it; see `Channel.send`."""
        if urlsplit(self._address).scheme not in ("http", "https"):
            raise NeverSent(_("地址 %s 不是 http 或 https") % self._address)
        try:
            with self._opener.open(self._request(letter), timeout=TIMEOUT_S) as answer:
                answer.read(1)
        except urllib.error.HTTPError as error:
            error.close()
            raise NotSent(_("消息平台回答 %d") % error.code) from error
        except (OSError, HTTPException) as error:
            raise NotSent(_("消息平台没有回答：%s") % error) from error

    def _request(self, letter: Letter) -> urllib.request.Request:
        body = json.dumps(
            {
                "key": letter.key,
                "to": letter.to_username,
                "name": letter.to_name,
                "subject": letter.subject,
                "body": letter.body,
                "address": letter.address,
                "urgent": letter.urgent,
                "at": letter.at.isoformat(),
            },
            ensure_ascii=False,
        ).encode()
        timestamp = str(int(letter.at.timestamp()))
        return urllib.request.Request(  # noqa: S310 (the scheme was checked above)
            self._address,
            data=body,
            method="POST",
            headers={
                "Content-Type": "application/json; charset=utf-8",
                "X-Qingshan-Timestamp": timestamp,
                "X-Qingshan-Signature": f"sha256={signature(self._secret, timestamp, body)}",
            },
        )


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return the signature of a body, in hexadecimal digits."""
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
