"""Where a finding stands: cutting a passage, joining several, pointing at one that was passed over."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qingshan.intake.vocabulary import FindingKind

__all__ = ["CUT", "MergeForm", "PassageForm", "SplitForm"]

CUT = "|"
_LONGEST_NAME = 300


class SplitForm(forms.Form):
    """A passage in which a stroke says where it is cut. Nothing else of it may change."""

    passage = forms.CharField(
        label=gettext_lazy("原文"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("在要分开的地方插入一个竖线 |，可以插入几个；其余文字不要改动。"),
    )

    def __init__(self, data: Any = None, *, passage: str, shown: str, start: int) -> None:
        self._passage, self._start = passage, start
        super().__init__(data, initial={"passage": shown}, auto_id="id_split_%s")
        self._spans: list[tuple[int, int]] = []

    def clean_passage(self) -> str:
        """Find the cuts, and refuse a passage whose words were changed."""
        sent = str(self.cleaned_data["passage"]).replace("\r\n", "\n")
        pieces = [_bare(piece) for piece in sent.replace("｜", CUT).split(CUT)]
        if "".join(pieces) != _bare(self._passage):
            raise forms.ValidationError(_("原文的字被改动了；这里只能插入竖线，请恢复原文后再拆分。"))
        pieces = [piece for piece in pieces if piece]
        if len(pieces) < 2:
            raise forms.ValidationError(_("还没有插入竖线；至少要分成两段，每段都要有字。"))
        self._spans = list(_spans(self._passage, [len(piece) for piece in pieces]))
        return sent

    def parts(self) -> list[tuple[str, int, int]]:
        """Return each part: a name made of its words, and its place in the document."""
        return [
            (
                _bare(self._passage[start:end])[:_LONGEST_NAME].strip("，。；、 "),
                self._start + start,
                self._start + end,
            )
            for start, end in self._spans
        ]


class MergeForm(forms.Form):
    """Which findings are one, and what it is called."""

    name = forms.CharField(label=gettext_lazy("合并后的名称"), max_length=_LONGEST_NAME)

    def __init__(self, data: Any = None, *, near: Sequence[tuple[int, int, str]], name: str) -> None:
        """Offer findings by number, version and name.

        The version that was shown goes with the choice, because two reviewers may look at the same cards.
        """
        super().__init__(data, initial={"name": name}, auto_id="id_merge_%s")
        self.fields["others"] = Chosen(
            label=gettext_lazy("与哪几条合并"),
            choices=[(f"{key}:{version}", words) for key, version, words in near],
        )
        self.order_fields(["others", "name"])

    def chosen(self) -> dict[int, int]:
        """Return the version that was seen of each finding chosen, by its number."""
        return {
            int(key): int(version) for key, version in (one.split(":") for one in self.cleaned_data["others"])
        }


class Chosen(forms.MultipleChoiceField):
    """Findings offered on the page; one that was changed meanwhile is taken, and told by its version."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        """Whether a finding is among those offered, whatever its version is by now."""
        offered: Any = self.choices
        known = {key.split(":")[0] for key, _words in offered}
        return bool(re.fullmatch(r"\d+:\d+", value)) and value.split(":")[0] in known


class PassageForm(forms.Form):
    """What the reader passed over: its kind, and the words of the text that say it."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=FindingKind.choices)
    words = forms.CharField(
        label=gettext_lazy("原文中的字句"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=800,
        help_text=gettext_lazy("从左边的原文复制过来，最多 400 字；换行和空格不计。"),
    )

    def __init__(self, data: Any = None, *, text: str, initial: Mapping[str, Any]) -> None:
        super().__init__(data, initial=dict(initial), prefix="at")  # a finding has fields of these names too
        self._text = text

    def clean(self) -> dict[str, Any]:
        """Find the words in the text; white space does not count on either side."""
        found = super().clean() or {}
        sought = _bare(found.get("words") or "")
        if not sought:
            return found
        flat = [(index, letter) for index, letter in enumerate(self._text) if not letter.isspace()]
        at = "".join(letter for _index, letter in flat).find(sought)
        if at < 0:
            self.add_error("words", _("原文中没有“%s”；请从原文复制，不要改字。") % sought[:30])
            return found
        return {**found, "start": flat[at][0], "end": flat[at + len(sought) - 1][0] + 1}


_SPACE = re.compile(r"\s+")


def _bare(words: str) -> str:
    return _SPACE.sub("", words)


def _spans(passage: str, lengths: Sequence[int]) -> list[tuple[int, int]]:
    """Return the places of parts of so many letters each, white space at their edges left out."""
    letters = [index for index, letter in enumerate(passage) if not letter.isspace()]
    found, first = [], 0
    for length in lengths:
        found.append((letters[first], letters[first + length - 1] + 1))
        first += length
    return found
