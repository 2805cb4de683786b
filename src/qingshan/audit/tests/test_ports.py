"""The digests that the chain may be made with, by the standards' own examples."""

import pytest

from qingshan.audit.ports import DIGESTS, UnknownDigest, digest

#: Appendix A of GB/T 32905-2016, and the examples of FIPS 180-4.
KNOWN = [
    ("sm3", b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
    ("sm3", b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ("sha256", b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
]


@pytest.mark.parametrize(("name", "data", "wanted"), KNOWN)
def test_it_gives_the_answers_that_the_standards_print(name, data, wanted):
    assert digest(name, data) == wanted


def test_every_digest_is_held_to_a_known_answer():
    assert {name for name, _data, _wanted in KNOWN} == set(DIGESTS)


def test_one_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(UnknownDigest, match="'md5' is not known; known are sha256, sm3"):
        digest("md5", b"abc")
