"""A round loses no event when its worker is killed; `tools/soak_dispatch.py` kills it twenty times."""

from __future__ import annotations

import random
from pathlib import Path

from qingshan.dispatch.tests.killing import NOTICES, REPORTS, STEPS, House, killed_round


class TestKilledWorker:
    def test_every_notice_of_a_round_is_there_once_after_three_kills(
        self, own_database: str, tmp_path: Path
    ) -> None:
        fell, found = killed_round(House(own_database, tmp_path, kills=3), dice=random.Random(20261122))
        assert len(fell) == 3
        assert 0 < fell[0] < STEPS  # within the round; the last ones may fall on its closing
        assert found["notices"] == NOTICES
        assert (found["undelivered"], found["spread"]) == (0, found["announced"])
        assert (found["round"], set(found["rows"]), found["reports"]) == ("closed", {"accepted"}, REPORTS)
