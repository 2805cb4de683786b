"""The digests that the chain may be made with, by the standards' own examples."""

import pytest

from qingshan.audit.ports import DIGESTS, Ed25519Signer, UnknownDigest, digest, key_id_of

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


class TestSigner:
    def test_a_signature_is_told_by_the_public_key_alone(self, tmp_path):
        ours, theirs = Ed25519Signer(tmp_path / "ours"), Ed25519Signer(tmp_path / "theirs")
        signature = ours.sign(b"report")
        assert theirs.is_by(b"report", signature, ours.public_key)
        assert not theirs.is_by(b"report!", signature, ours.public_key)
        assert not theirs.is_by(b"report", signature, theirs.public_key)
        assert not theirs.is_by(b"report", signature, b"no key")
        assert key_id_of(ours.public_key) == ours.key_id

    def test_a_key_that_a_caller_trusts_is_none_that_heads_are_trusted_by(self, tmp_path):
        ours, theirs = Ed25519Signer(tmp_path / "ours"), Ed25519Signer(tmp_path / "theirs")
        assert not ours.is_good(b"head", theirs.sign(b"head"), theirs.key_id)
