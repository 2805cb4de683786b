"""The cast with mail addresses, a channel that keeps its letters, and a moment."""

from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.auth import get_user_model

from qingshan.messages import wording
from qingshan.messages.channels.port import NotSent
from qingshan.messages.wording import Template, Text


class Pigeon:
    """A channel that keeps what it is given, and refuses when told to."""

    def __init__(self):
        self.letters = []
        self.refuses = None

    def send(self, letter):
        if self.refuses:
            raise self.refuses
        self.letters.append(letter)

    def find(self, name):
        return self

    def refuse(self, words="服务器停机", kind=NotSent):
        self.refuses = kind(words)


@pytest.fixture
def pigeon():
    return Pigeon()


@pytest.fixture
def at():
    """Friday, 20 November 2026, 10:00 in Beijing."""
    return datetime(2026, 11, 20, 2, tzinfo=UTC)


@pytest.fixture
def cast(db, settings):
    """林 leads the department, 陈 reports to her, 周 is from another district."""
    settings.EMAIL_ENABLED = True
    make = get_user_model().objects.create_user
    return SimpleNamespace(
        lin=make("lin", email="lin@example.org", display_name="林"),
        chen=make("chen", email="chen@example.org", display_name="陈"),
        zhou=make("zhou", email="zhou@example.org", display_name="周"),
    )


@pytest.fixture(autouse=True)
def own_templates(monkeypatch):
    """Three templates of the tests beside those of the rooms."""

    def make(name, *, urgent=False, receipt=False):
        texts = {
            "zh-hans": Text("{what} 待办", "请办理 {what}。"),
            "en": Text("{what} is waiting", "Please see to {what}."),
        }
        return Template(name, "测试", urgent, receipt, texts)

    known = {
        **wording.templates(),
        "tests.plain": make("tests.plain"),
        "tests.urgent": make("tests.urgent", urgent=True),
        "tests.receipt": make("tests.receipt", receipt=True),
    }
    monkeypatch.setattr(wording, "templates", lambda: known)
