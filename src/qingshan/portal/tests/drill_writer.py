"""Writes attachments without end, and says each one that is committed. Killed by the drill.

Run as a program of its own; the first argument is how many to write (0: until killed), the second
how many bytes each has.
"""

import itertools
import os
import sys


def main(count: int, size: int) -> None:
    """Attach random pictures to one record and print the digest of each."""
    import django  # a program of its own: the drill sets its environment

    django.setup()
    from django.core.files.base import ContentFile
    from django.utils.timezone import now

    from qingshan.documents.public import attach, register_owner_policy
    from qingshan.kernel.refs import Ref

    register_owner_policy("drill.thing", may_see=lambda user, ref: True, may_change=lambda user, ref: True)
    for number in range(count) if count else itertools.count():
        content = b"\x89PNG\r\n\x1a\n" + os.urandom(size)
        title = f"第 {number} 份"
        document = attach(
            ContentFile(content, f"{number}.png"),
            to=Ref("drill", "thing", "1"),
            by=None,
            at=now(),
            title=title,
        )
        sys.stdout.write(f"{document.newest.sha256}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
