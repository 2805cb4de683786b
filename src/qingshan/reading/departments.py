"""Bodies with duties (责任单位): splitting names printed without anything between them.

A cell often holds several names run together, because their line breaks were lost or stand inside
a name. A name starts with 市, 区, 各, 有关 ... and ends with 局, 委, 政府, 公司 ...; the cut lies where an
ending is followed by an opening, or by the end.
"""

from __future__ import annotations

import itertools
import re
from functools import cache
from importlib import resources
from typing import Any

import yaml

from qingshan.reading.text import fold, squeeze

__all__ = ["looks_like_departments", "named_bodies", "same_department", "split_departments"]


@cache
def _rules() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(
        resources.files("qingshan.reading").joinpath("rules/departments.yaml").read_text("utf-8")
    )
    return loaded


_SEAT = r"[^，。；、()]{2,3}[区市县镇旗州乡](?:人民政府|政府|管委会|街道办)"  # 蓬江区政府


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    heads = "|".join(sorted(map(re.escape, _rules()["heads"]), key=len, reverse=True))
    openers = "|".join(map(re.escape, _rules()["openers"]))
    # an ending directly followed by an opening: here one name stops and the next begins
    cut = re.compile(rf"(?:{heads})(?:\([^()]*\))?(?=(?:{openers})(?!级|场|政(?!府)|民(?!政)|辖|域)|{_SEAT})")
    whole = re.compile(
        rf"[^，。；、\d≥≤%()]{{0,24}}(?:\([^()]{{1,10}}\))?[^，。；、\d≥≤%()]{{0,16}}(?:{heads})(?:\([^()]*\))?"
    )
    return cut, whole


def split_departments(printed: str) -> tuple[str, ...]:
    """Split a cell into the names of bodies, in printed order, without repetitions.

    >>> split_departments("市生态环境局\\n\\n市工业和信息化局\\n各市（区）政府")
    ('市生态环境局', '市工业和信息化局', '各市（区）政府')
    >>> split_departments("市委组织部市委党校各市（区）委组织部")
    ('市委组织部', '市委党校', '各市（区）委组织部')
    >>> split_departments("平冈镇人民政府、区社会事务管理局")
    ('平冈镇人民政府', '区社会事务管理局')
    """
    names: list[str] = []
    for part in _outside_brackets(printed):
        for name in _split_run(squeeze(part)):
            if name and name not in names:
                names.append(name)
    return tuple(names)


def _outside_brackets(printed: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for i, sign in enumerate(printed):
        depth += (sign in "（(") - (sign in "）)" and depth > 0)
        if sign in "、，；,;/" and depth == 0:
            parts.append(printed[start:i])
            start = i + 1
    return [*parts, printed[start:]]


def _split_run(printed: str) -> list[str]:
    run = squeeze(printed)
    folded = fold(run)
    names, start = [], 0
    for end in sorted(_cuts(printed, folded)):
        if end - start < 3 or _inside_name(folded, start, end):
            continue
        names.append(run[start:end])
        start = end
    return [*names, run[start:]]


def _cuts(printed: str, folded: str) -> set[int]:
    """Return where names may end: before an opening, at a line end after an ending, after a whole office."""
    cut, whole = _patterns()
    places = {found.end() for found in cut.finditer(folded)}
    place = 0
    lines = printed.split()
    for line, below in itertools.pairwise(lines):
        place += len(line)
        if (
            whole.fullmatch(fold(line))
            and whole.fullmatch(fold(below))
            and not _BRANCH.fullmatch(fold(below))
        ):
            places.add(place)
    places |= {found.end() for found in _OFFICE.finditer(folded) if not _BRANCH.match(folded, found.end())}
    return places - {len(folded)}


_OFFICE = re.compile(
    r"(?:局|人民政府|办事处|管委会|管理委员会|有限公司|厅)(?=[^()]{2,12}(?:局|政府|办事处|委|公司|中心|部|队|厅))"
)
_BRANCH = re.compile(r"[^局，、]{0,8}(?:分局|支队|大队|总队|调查队|队|监测站|站|所|分公司|分中心)")


def _inside_name(text: str, start: int, end: int) -> bool:
    """Refuse cuts inside one name: 市委|市... is a cut, 市(区)|政府 and 各市|... are not."""
    piece, rest = text[start:end], text[end : end + 8]
    if piece.count("(") != piece.count(")"):
        return True
    if re.fullmatch(
        r"(各|有关|相关)?[市区县镇乡]?(\([^)]*\))?(镇|乡|村|街道|部|单位|园区|委)?", piece
    ) and not re.match(r"各|有关|相关", rest):
        return True
    return piece.endswith(("镇", "乡", "村", "街道", "园区", "企业")) and bool(
        re.match(r"(街道|人民政府|政府|办事处|管委会|委)", rest)
    )


def looks_like_departments(printed: str) -> bool:
    """Say whether a whole cell consists of names of bodies.

    >>> looks_like_departments("阳江市高汇资产经营有限公司"), looks_like_departments("新建约9公里污水管")
    (True, False)
    """
    _, whole = _patterns()
    names = split_departments(printed)
    return bool(names) and all(whole.fullmatch(fold(name)) for name in names)


_BRACKETED = re.compile(
    r"[〔(\[【]([^〔〕()\[\]【】]{2,160}?)(?:牵头|负责|配合|参与|落实)[^〔〕()\[\]【】]{0,120}[〕)\]】]"
)
_LABELLED = re.compile(r"(?:责任|牵头|主办|配合)单位[:：]([^。；\n]{2,160})")
_ROLES = re.compile(
    r"(?:责任|牵头|主办|配合)单位[:：]|牵头|负责|配合|参与|落实|按职责(?:分工)?|分别|[〔〕()\[\]【】]"
)


def named_bodies(text: str) -> tuple[str, ...]:
    """Return the bodies named for a task: in brackets that say 负责, or after 责任单位.

    >>> named_bodies("推进深度治理。〔市生态环境局牵头，市水利局、各县市区人民政府负责〕")
    ('市生态环境局', '市水利局', '各县市区人民政府')
    """
    names: list[str] = []
    for found in [*_BRACKETED.finditer(text), *_LABELLED.finditer(text)]:
        words = split_departments(_ROLES.sub("，", found.group()))
        names += [name for name in words if looks_like_departments(name)]
    return tuple(dict.fromkeys(names))


@cache
def _canonical() -> dict[str, str]:
    return {other: head for head, others in _rules()["aliases"].items() for other in others}


def same_department(one: str, other: str) -> bool:
    """Compare two names by the aliases of their heads.

    >>> same_department("区城管执法局", "区城市管理综合执法局")
    True
    """
    return _normal(one) == _normal(other)


def _normal(name: str) -> str:
    name = re.sub(r"[()（）]", "", fold(squeeze(name)))
    for alias in sorted(_canonical(), key=len, reverse=True):
        if name.endswith(alias) and not name.endswith(_canonical()[alias]):
            return name[: -len(alias)] + _canonical()[alias]
    return name
