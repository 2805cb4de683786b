"""What notices say: templates as data, in every language, with named words to fill in.

Each room keeps its templates in ``notices.yaml``; a bureau may put its own wording in their place
(`models.Wording`). Words are put in by name only: no expression is ever evaluated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.utils.translation import gettext as _

_WORD = re.compile(r"\{([a-z_]+)\}")
_KEYS = {"purpose", "urgent", "receipt", *dict(settings.LANGUAGES)}


class UnknownTemplate(LookupError):
    """No room has a template of this name."""


class BadWording(ValueError):
    """The wording asks for words the template does not have, or is empty."""


@dataclass(frozen=True, slots=True)
class Text:
    """Subject and body in one language."""

    subject: str
    body: str

    @property
    def words(self) -> frozenset[str]:
        """The names it asks for."""
        return frozenset(_WORD.findall(self.subject + self.body))


@dataclass(frozen=True, slots=True)
class Template:
    """One template (消息模板): what it is for, whether it is urgent, whether it must be signed for."""

    name: str
    purpose: str
    urgent: bool
    receipt: bool
    texts: Mapping[str, Text]

    @property
    def words(self) -> frozenset[str]:
        """The names a sender must give."""
        return frozenset().union(*(text.words for text in self.texts.values()))


def template(name: str) -> Template:
    """Return a template by name.

    Raises
    ------
    UnknownTemplate
        Lists the names there are.
    """
    try:
        return templates()[name]
    except KeyError:
        raise UnknownTemplate(f"no template {name!r}; known are {', '.join(sorted(templates()))}") from None


@cache
def templates() -> dict[str, Template]:
    """Return every room's templates by name."""
    found: dict[str, Template] = {}
    for app in apps.get_app_configs():
        path = Path(app.path) / "notices.yaml"
        if app.name.startswith("qingshan.") and path.is_file():
            found |= read_templates(path)
    return found


def read_templates(path: Path) -> dict[str, Template]:
    """Read one room's file.

    Raises
    ------
    BadWording
        A key is missing or unknown, a language is missing, or the languages ask for different words.
    """
    given = yaml.safe_load(path.read_text("utf-8"))
    return {name: _template(name, one) for name, one in given.items()}


def _template(name: str, given: Mapping[str, Any]) -> Template:
    if given.keys() != _KEYS:
        raise BadWording(f"{name}: keys are {sorted(given)}; needed are {sorted(_KEYS)}")
    texts = {
        code: Text(given[code]["subject"], given[code]["body"].strip()) for code in dict(settings.LANGUAGES)
    }
    asked = {text.words for text in texts.values()}
    if len(asked) != 1:
        raise BadWording(f"{name}: the languages ask for different words: {[sorted(one) for one in asked]}")
    return Template(name, given["purpose"], given["urgent"], given["receipt"], texts)


def check_wording(template: Template, text: Text) -> None:
    """Refuse a wording that is empty or asks for words the template's senders do not give.

    Raises
    ------
    BadWording
        Names the word found and the words allowed.
    """
    if not text.subject.strip() or not text.body.strip():
        raise BadWording(_("标题和正文都不能为空"))
    if "\n" in text.subject:
        raise BadWording(_("标题不能换行"))
    if unknown := sorted(text.words - template.words):
        told = {"found": _braced(unknown), "known": _braced(sorted(template.words)) or _("无")}
        raise BadWording(_("不认识的词 %(found)s；可用的词：%(known)s") % told)


def _braced(words: Iterable[str]) -> str:
    return "、".join(f"{{{word}}}" for word in words)


def fill(text: Text, words: Mapping[str, Any]) -> Text:
    """Put the words in.

    Raises
    ------
    BadWording
        A word the text asks for was not given: the sender's mistake, found before anything is sent.
    """
    missing = sorted(text.words - words.keys())
    if missing:
        raise BadWording(f"words not given: {', '.join(missing)}")

    def word(found: re.Match[str]) -> str:
        return str(words[found[1]])

    subject = " ".join(_WORD.sub(word, text.subject).split())  # a line break would end a mail's header
    return Text(subject, _WORD.sub(word, text.body))
