"""``python -m qingshan`` is the ``qingshan`` command."""

import sys

from qingshan.cli import main

sys.exit(main())
