"""Damaged plans: whatever comes in, findings or one sentence come out.

Half a minute in the pipeline, a few seconds elsewhere; the long proof is ``tools/soak_reading.py``.
"""

from __future__ import annotations

import contextlib
import os
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qingshan.reading.public import Unreadable, as_json, extract, read_document
from qingshan.reading.tests.plan_damage import OPENINGS, PIECES, damaged, faults_of, samples_of

BUDGET_S = 30 if os.environ.get("CI") else 4
FEWEST = 40  # on the slowest machine; less would prove nothing


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


def test_a_damaged_plan_of_any_kind_yields_findings_or_one_sentence(small: str) -> None:
    pytest.importorskip("docx")
    pytest.importorskip("pdfplumber")
    samples = samples_of(small)
    started, number, ends = time.monotonic(), 0, set()
    while number < FEWEST or time.monotonic() - started < BUDGET_S:
        name, data = damaged(number, samples)
        try:
            end, faults = faults_of(data)
        except Exception as crash:
            raise AssertionError(f"damaged({number}) of {name} crashed the reader") from crash
        assert faults == [], f"damaged({number}) of {name}"
        ends.add(end)
        number += 1
    assert {"read", "corrupt"} <= ends
