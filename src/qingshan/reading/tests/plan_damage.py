"""Plans damaged by number: the same number always gives the same file, so a fault found once is found again.

The few seconds of every run (``test_fuzz.py``) and the long proof (``tools/soak_reading.py``) use the same
damage. Most of it leaves a file that opens (words and cells lost, doubled, moved), for behind the first
refusal lies all that reads; the rest changes plain bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from random import Random
from typing import TypeVar

from qingshan.reading.public import Unreadable, as_json, extract, read_document
from qingshan.reading.tests.plan_files import docx_of, html_of, pdf_of

__all__ = ["OPENINGS", "PIECES", "damaged", "faults_of", "samples_of"]

PIECES = (
    *("第一章", "第二节", "（一）", "一、", "1.", "专栏一", "表1 规划指标", "附件：", "目 录", "注："),
    *("\n", "\n\n", "\t", " ", "↑", "←"),
    *("序号\t指标\t2025年目标值\t属性\n", "1\tPM2.5浓度（μg/m³）\t≤20\t约束性\n"),
    *("到2025年，", "达到90%以上", "不低于", "。", "，", "；", "禁止新建", "水源保护区", "市生态环境局"),
    *("各市（区）政府", "2021-2025", "1,298", "万元", "约束性", "²", "¹ 注释", "——", "《规划》", "......3"),
    "环境保护目标治理",
)
_Worn = TypeVar("_Worn", str, bytes)
OPENINGS = (b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>", b"\xff\xfe", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")


def samples_of(text: str) -> dict[str, bytes]:
    """Return a text as whole files of each kind; what LibreOffice would have to open is left out."""
    lines = [line.replace("\t", "  ") for line in text.split("\n")]
    return {
        "docx": docx_of(text),
        "gb18030": text.encode("gb18030"),
        "html": html_of(text).encode("gb18030"),
        "pdf": pdf_of([lines[at : at + 40] for at in range(0, len(lines), 40)]),
        "txt": text.encode(),
    }


def damaged(number: int, samples: Mapping[str, bytes]) -> tuple[str, bytes]:
    """Return the name of a sample and that sample, damaged in one to six places."""
    random = Random(number)
    name = random.choice(sorted(samples))
    data = samples[name]
    if random.random() < 0.2 or data[:4] == b"%PDF":
        return name, _worn(data, random, _BYTE_DAMAGES)
    if data[:2] == b"PK":
        return name, _repacked(data, random)
    coding = "gb18030" if name in ("gb18030", "html") else "utf-8"
    return name, _worn(data.decode(coding), random, _WORD_DAMAGES).encode(coding)


def _worn(data: _Worn, random: Random, damages: Sequence[Callable[[_Worn, Random], _Worn]]) -> _Worn:
    for _ in range(random.randint(1, 6)):
        data = random.choice(damages)(data, random)
    return data


def _repacked(data: bytes, random: Random) -> bytes:
    """Damage the document inside its package, where the checksums of the package cannot catch it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = _worn(part.decode(), random, (_lose_element, _double_element)).encode()
                if random.random() < 0.1:
                    part = _worn(part, random, _BYTE_DAMAGES)
            new.writestr(name, part)
    return out.getvalue()


def _lose_element(xml: str, random: Random) -> str:
    found = random.choice(list(_ELEMENT.finditer(xml)) or [None])
    return xml[: found.start()] + xml[found.end() :] if found else xml


def _double_element(xml: str, random: Random) -> str:
    found = random.choice(list(_ELEMENT.finditer(xml)) or [None])
    return (
        xml[: found.end()] + found.group() * random.choice((1, 2, 30)) + xml[found.end() :] if found else xml
    )


_ELEMENT = re.compile(
    r"<w:(tr|tc|p|r|t|tcPr|gridSpan|vMerge)\b(?:[^>]*/>|[^>]*[^/]>.*?</w:\1>|>.*?</w:\1>)", re.DOTALL
)


def _lose_words(text: str, random: Random) -> str:
    start = random.randrange(max(len(text), 1))
    return text[:start] + text[start + random.choice((1, 5, 40, 600)) :]


def _double_words(text: str, random: Random) -> str:
    start = random.randrange(max(len(text), 1))
    piece = text[start : start + random.choice((1, 12, 300))]
    return text[:start] + piece * random.choice((2, 3, 40)) + text[start:]


def _move_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _join_lines(text: str, random: Random) -> str:
    gaps = [at for at, sign in enumerate(text) if sign in "\n\t"]
    at = random.choice(gaps) if gaps else 0
    return text[:at] + random.choice(("", " ", "\n", "\t")) + text[at + 1 :]


def _put_words(text: str, random: Random) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + "".join(random.choice(PIECES) for _ in range(random.randint(1, 8))) + text[at:]


def _flip(data: bytes, random: Random) -> bytes:
    at = random.randrange(max(len(data), 1))
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _cut(data: bytes, random: Random) -> bytes:
    start = random.randrange(max(len(data), 1))
    return data[:start] + data[start + random.choice((1, 7, 60, 900)) :]


def _repeat(data: bytes, random: Random) -> bytes:
    start = random.randrange(max(len(data), 1))
    piece = data[start : start + random.choice((2, 30, 600))]
    return data[:start] + piece * random.choice((2, 3, 40)) + data[start:]


def _tear(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(max(len(data), 1))] if random.random() < 0.1 else data


_BYTE_DAMAGES: Sequence[Callable[[bytes, Random], bytes]] = (_flip, _cut, _repeat, _tear)
_WORD_DAMAGES: Sequence[Callable[[str, Random], str]] = (
    _lose_words,
    _double_words,
    _move_lines,
    _join_lines,
    _put_words,
)


def faults_of(data: bytes) -> tuple[str, list[str]]:
    """Read a file as a person's would be; return how it ended and what is wrong with that.

    Either findings with passages inside the text, or one sentence that ends with a full stop. Any other
    error is raised: it is a crash.
    """
    try:
        text = read_document(data).text
    except Unreadable as refusal:
        said = str(refusal)
        return refusal.code, [] if said.endswith("。") and "\n" not in said else [said]
    found = as_json(extract(text))
    spans = [item["span"] for key, items in found.items() if key != "plan" for item in items]
    return "read", [f"{span} outside" for span in spans if not 0 <= span[0] <= span[1] <= len(text)]
