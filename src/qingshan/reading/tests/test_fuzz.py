"""A few seconds of damaged plans: whatever comes in, findings or one sentence come out."""

from __future__ import annotations

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingshan.reading.public import Unreadable, as_json, extract, read_document

PIECES = [
    *(
        "第一章",
        "第二节",
        "（一）",
        "一、",
        "1.",
        "专栏一",
        "表1 规划指标",
        "附件：",
        "目 录",
        "注：",
        "\n",
        "\n\n",
        "\t",
        " ",
    ),
    *(
        "序号\t指标\t2025年目标值\t属性\n",
        "1\tPM2.5浓度（μg/m³）\t≤20\t约束性\n",
        "到2025年，",
        "达到90%以上",
        "不低于",
    ),
    *(
        "。",
        "，",
        "；",
        "禁止新建",
        "水源保护区",
        "市生态环境局",
        "各市（区）政府",
        "2021-2025",
        "1,298",
        "万元",
        "约束性",
    ),
    *("²", "¹ 注释", "——", "《规划》", "环境保护目标治理", "......3"),
]
OPENINGS = [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=60))
def test_any_text_yields_findings_with_passages_inside_it(pieces: list[str]) -> None:
    text = "".join(pieces)
    found = as_json(extract(text))
    for key, items in found.items():
        for item in items if key != "plan" else ():
            assert 0 <= item["span"][0] <= item["span"][1] <= len(text)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.binary(max_size=400), st.sampled_from(OPENINGS))
def test_any_bytes_yield_a_document_or_one_sentence(data: bytes, opening: bytes) -> None:
    with contextlib.suppress(Unreadable):
        extract(read_document(opening + data).text)
