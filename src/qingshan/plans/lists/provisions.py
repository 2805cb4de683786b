"""The list of what a plan lays down: duties and zoning rules."""

from __future__ import annotations

from typing import Any

import django_filters as filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.forms import SearchInput
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from qingshan.pages.public import Listing, TitleColumn
from qingshan.plans.models import ProvisionVersion
from qingshan.plans.queries.passages import Passage
from qingshan.plans.vocabulary import EFFECTS, PROVISION_KINDS


class PassageColumn(tables.Column):  # type: ignore[misc]
    """The words of the text that a record stands in; folded, for they are long."""

    def render(self, value: Passage) -> SafeString:
        words = value.text or value.anchor
        return format_html("<details><summary>{}…</summary>{}</details>", words[:20], words)

    def value(self, value: Passage) -> str:
        return value.text or value.anchor


class ProvisionsTable(tables.Table):  # type: ignore[misc]
    """Duties with their codes, zoning rules with effect, zone and subjects; each with its passage."""

    what = TitleColumn(verbose_name=_("内容"), orderable=False)
    kind = tables.Column(verbose_name=_("类型"), orderable=False)
    duty_code = tables.Column(verbose_name=_("职责代码"))
    effect = tables.Column(verbose_name=_("效力"))
    zone = tables.Column(verbose_name=_("区域"), orderable=False)
    subjects = tables.Column(verbose_name=_("对象"), orderable=False)
    passage = PassageColumn(verbose_name=_("出处"), orderable=False)

    class Meta:
        default = ""


class ProvisionFilters(filters.FilterSet):  # type: ignore[misc]
    """What provisions are sought by."""

    q = filters.CharFilter(
        label=_("内容"), method="with_words", widget=SearchInput(attrs={"data-search": ""})
    )
    kind = filters.ChoiceFilter(label=_("类型"), choices=list(PROVISION_KINDS.items()), empty_label=_("全部"))
    effect = filters.ChoiceFilter(label=_("效力"), choices=list(EFFECTS.items()), empty_label=_("全部"))

    class Meta:
        model = ProvisionVersion
        fields = ()

    def with_words(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        """Keep what names the words in a duty, a rule, or its zone."""
        told = Q(name__icontains=value) | Q(wording__icontains=value) | Q(zone__icontains=value)
        return rows.filter(told | Q(duty_code__iexact=value))


PROVISIONS = Listing(
    name="plans.provisions",
    title=_("职责与准入规则"),
    table=ProvisionsTable,
    filters=ProvisionFilters,
    template="plans/listing",
    empty=_("这个规划没有录入职责或准入规则：它们随规划文本的导入审阅写入。"),
)
