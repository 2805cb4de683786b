"""The two commands of the audit administrator."""

import pytest

from qingshan.audit.models import Entry
from qingshan.cli import main


@pytest.mark.usefixtures("transactional_db")
class TestAuditCommands:
    def test_a_sound_chain_passes_and_names_the_key_of_its_heads(self, keep, capsys):
        keep(3)
        assert main(["audit", "sign"]) == 0
        assert "第 3 条" in capsys.readouterr().out
        assert main(["audit", "verify"]) == 0
        out = capsys.readouterr().out
        assert "审计链完整" in out
        assert "密钥" in out

    def test_a_broken_chain_fails_and_says_where(self, keep, capsys):
        keep(3)
        Entry.objects.filter(record__seq=2).update(action="plans.nothing")
        assert main(["audit", "verify"]) == 1
        out = capsys.readouterr().out
        assert "[edited] 第 2 条" in out
        assert "审计链不完整" in out

    def test_an_empty_chain_has_nothing_to_sign(self, capsys):
        assert main(["audit", "sign"]) == 0
        assert main(["audit", "verify"]) == 0
        assert "审计链完整" in capsys.readouterr().out
