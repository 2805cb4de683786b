"""The backup file: sealed, complete, or refused."""

import io
import os

import pytest

from qingshan.portal.backup.archive import Member, checked, unpacked, write_archive
from qingshan.portal.backup.errors import BadBackup, WrongPassword
from qingshan.portal.backup.manifest import DatabaseState
from qingshan.portal.backup.sealed import is_encrypted, sealed_reader, sealed_writer

PIECE = 1024 * 1024


def sealed(data: bytes, password: str | None) -> bytes:
    raw = io.BytesIO()
    with sealed_writer(raw, password) as writer:
        for start in range(0, len(data), 70_000):
            writer.write(data[start : start + 70_000])
    return raw.getvalue()


def opened(data: bytes, password: str | None) -> bytes:
    with sealed_reader(io.BytesIO(data), password) as reader:
        return reader.read()


class TestSealed:
    @pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 5])
    @pytest.mark.parametrize("password", [None, "青山常在"])
    def test_what_went_in_comes_out(self, size, password):
        data = os.urandom(size)
        assert opened(sealed(data, password), password) == data

    def test_nothing_of_the_contents_shows(self):
        kept = sealed("台山市".encode() * 100, "青山常在")
        assert "台山市".encode() not in kept
        assert is_encrypted(io.BytesIO(kept))
        assert not is_encrypted(io.BytesIO(sealed(b"x", None)))

    def test_a_wrong_password_is_told(self):
        with pytest.raises(WrongPassword):
            opened(sealed(b"x", "one"), "other")
        with pytest.raises(WrongPassword, match="--password-file"):
            opened(sealed(b"x", "one"), None)

    def test_the_same_data_never_look_the_same(self):
        assert sealed(b"x", "one") != sealed(b"x", "one")

    @pytest.mark.parametrize("cut", [1, 17, PIECE + 16, PIECE + 40])
    def test_a_file_cut_short_is_told(self, cut):
        kept = sealed(os.urandom(2 * PIECE + 30), "one")
        with pytest.raises(WrongPassword):
            opened(kept[:-cut], "one")

    def test_pieces_that_changed_places_are_told(self):
        kept = sealed(os.urandom(2 * PIECE + 30), "one")
        start = kept.index(b"\n") + 1
        one, two = kept[start : start + PIECE + 16], kept[start + PIECE + 16 : start + 2 * (PIECE + 16)]
        with pytest.raises(WrongPassword):
            opened(kept[:start] + two + one + kept[start + 2 * (PIECE + 16) :], "one")

    @pytest.mark.parametrize("at", [30, 60, 200])
    def test_a_changed_byte_is_told(self, at):
        kept = bytearray(sealed(b"x" * 500, "one"))
        kept[at] ^= 1
        with pytest.raises(BadBackup):
            opened(bytes(kept), "one")

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"PK\x03\x04",
            b"QINGSHAN-BACKUP 1 {}\n",
            b"QINGSHAN-BACKUP 1 []\n",
            b'QINGSHAN-BACKUP 1 {"cipher": "ROT13"}\n',
            b'QINGSHAN-BACKUP 1 {"cipher": "AES-256-GCM", "kdf": "scrypt", "n": 1073741824, "r": 8, "p": 1,'
            b' "salt": "00", "nonce": "00000000000000"}\n',
        ],
    )
    def test_what_is_no_backup_is_refused(self, data):
        with pytest.raises(BadBackup):
            opened(data, "one")


STATE = DatabaseState(vendor="sqlite", migrations=[("audit", "0001_initial")], tables={})


@pytest.fixture
def archive(tmp_path):
    """A small backup, and what to write it with."""
    for name, data in (("a", b"first"), ("b", os.urandom(300_000))):
        (tmp_path / name).write_bytes(data)

    def made(password: str | None = None):
        path = tmp_path / "one.qsbackup"
        members = [Member("documents/a", tmp_path / "a"), Member("documents/b", tmp_path / "b")]
        write_archive(path, members, database=STATE, made_at="2026-11-20", version="0", password=password)
        return path

    return made


@pytest.mark.parametrize("password", [None, "青山常在"])
class TestArchive:
    def test_it_unpacks_to_what_was_packed(self, archive, password, tmp_path):
        manifest = unpacked(archive(password), tmp_path / "out", password)
        assert manifest.database == STATE
        assert (tmp_path / "out/documents/b").read_bytes() == (tmp_path / "b").read_bytes()
        assert checked(archive(password), password).files == manifest.files

    def test_it_is_readable_by_its_owner_alone(self, archive, password):
        assert archive(password).stat().st_mode & 0o777 == 0o600

    @pytest.mark.parametrize("part", [1, 2, 5, 9])
    def test_cut_anywhere_it_is_refused(self, archive, password, part):
        path = archive(password)
        data = path.read_bytes()
        path.write_bytes(data[: len(data) * part // 10])
        with pytest.raises(BadBackup):
            checked(path, password)

    @pytest.mark.parametrize("part", [2, 5, 8])
    def test_changed_anywhere_it_is_refused(self, archive, password, part):
        path = archive(password)
        data = bytearray(path.read_bytes())
        data[len(data) * part // 10] ^= 0x40
        path.write_bytes(data)
        with pytest.raises(BadBackup):
            checked(path, password)

    def test_the_last_bytes_count_as_well(self, archive, password):
        path = archive(password)
        path.write_bytes(path.read_bytes()[:-1])
        with pytest.raises(BadBackup):
            checked(path, password)

    def test_a_file_that_vanished_is_left_out(self, archive, password, tmp_path):
        (tmp_path / "a").unlink()
        assert list(checked(archive(password), password).files) == ["documents/b"]
