"""Writes attachments without end, and says each one that is committed. Killed by the drill.

Run as a program of its own; the first argument is how many to write (0: until killed), the second
how many bytes each has.
"""

import itertools
import os
import sys

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402 - after Django is started
from django.utils.timezone import now  # noqa: E402

from qingshan.documents.public import attach, register_owner_policy  # noqa: E402
from qingshan.kernel.refs import Ref  # noqa: E402

register_owner_policy("drill.thing", may_see=lambda user, ref: True, may_change=lambda user, ref: True)
count, size = int(sys.argv[1]), int(sys.argv[2])
for number in range(count) if count else itertools.count():
    content = b"\x89PNG\r\n\x1a\n" + os.urandom(size)
    title = f"第 {number} 份"
    document = attach(
        ContentFile(content, f"{number}.png"), to=Ref("drill", "thing", "1"), by=None, at=now(), title=title
    )
    sys.stdout.write(f"{document.newest.sha256}\n")
    sys.stdout.flush()
