"""E-mail, through whatever mail server the installation names."""

from __future__ import annotations

import smtplib

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from qingshan.messages.channels.port import Letter, NeverSent, NotSent


class EmailChannel:
    """Sends a letter as a plain-text mail."""

    def send(self, letter: Letter) -> None:
        """Send by e-mail; see `Channel.send`."""
        if not letter.to_email:
            raise NeverSent(_("收件人没有电子邮件地址"))
        mail = EmailMessage(
            subject=letter.subject,
            body=letter.body + (f"\n\n{letter.address}" if letter.address else ""),
            to=[letter.to_email],
            # Mail programs drop a second mail of the same identity: a repetition does not show.
            headers={"Message-ID": f"<{letter.key}@{_domain()}>", "X-Auto-Response-Suppress": "All"},
        )
        if letter.urgent:
            mail.extra_headers["Importance"] = "high"
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as error:
            raise NeverSent(_("邮件服务器拒收：%s") % error) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotSent(_("邮件服务器没有接收：%s") % error) from error


def _domain() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip("> ") or "localhost"
