"""The five attacks, and what looks like one and is none.

The attacker administers the database: triggers are gone, every column can be written, the way
hashes are made is known. What lies outside the database is out of reach.
"""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F

from qingshan.audit.chain import seal_of
from qingshan.audit.models import Entry, Record
from qingshan.audit.public import Attack, sign_head, sign_restored, verify
from qingshan.kernel.spans import beijing_day

NOW = datetime.now(UTC)


def attacks() -> set[Attack]:
    return {finding.attack for finding in verify().findings}


def edit(seq: int) -> None:
    Entry.objects.filter(record__seq=seq).update(actor_name="周")


def remove(*seqs: int) -> None:
    Entry.objects.filter(record__seq__in=seqs)._raw_delete("default")
    Record.objects.filter(seq__in=seqs)._raw_delete("default")


def swap(one: int, other: int) -> None:
    Record.objects.filter(seq=one).update(seq=999_999)
    Record.objects.filter(seq=other).update(seq=one)
    Record.objects.filter(seq=999_999).update(seq=other)


def recompute(first: int) -> None:
    """Make the chain consistent again from a record to its end."""
    previous = Record.objects.filter(seq__lt=first).order_by("seq").last()
    before = previous.hash if previous else "0" * 64
    for found in Record.objects.filter(seq__gte=first).order_by("seq"):
        found.previous = before
        found.hash = before = seal_of(found.digest, before, found.sealed_at, found.entries.order_by("number"))
        found.save()


def close_gaps() -> None:
    for number, found in enumerate(Record.objects.order_by("seq"), start=1):
        Record.objects.filter(pk=found.pk).update(seq=number)


def sign():
    return sign_head(day=beijing_day(NOW), at=NOW)


@pytest.fixture
def chain(keep):
    """Nine records, the first six under a signed head, the last three only noted."""
    keep(6)
    assert sign() is not None
    keep(3)


@pytest.mark.usefixtures("chain")
class TestVerify:
    def test_it_passes_an_untouched_chain(self):
        report = verify()
        assert report.is_sound
        assert (report.records, report.heads, report.tips, report.unsealed) == (9, 1, 3, 0)

    @pytest.mark.parametrize("seq", [1, 5, 9])
    def test_it_finds_an_edited_record(self, seq):
        edit(seq)
        report = verify()
        assert [(finding.attack, finding.seq) for finding in report.findings] == [(Attack.EDITED, seq)]

    def test_it_finds_an_edited_moment_of_sealing(self):
        Record.objects.filter(seq=4).update(sealed_at=F("sealed_at") + timedelta(days=1))
        assert attacks() == {Attack.EDITED}

    def test_it_finds_an_entry_slipped_into_a_record(self):
        target = Record.objects.get(seq=4)
        Entry.objects.create(record=target, number=2, action="x.y", family="a.b", key="1", at=NOW)
        assert attacks() == {Attack.EDITED}

    def test_it_finds_an_edited_record_whose_own_hash_was_made_anew(self):
        edit(4)
        found = Record.objects.get(seq=4)
        found.hash = seal_of(found.digest, found.previous, found.sealed_at, found.entries.all())
        found.save()
        assert Attack.REMOVED in attacks()  # the record that number 5 followed is gone

    def test_it_finds_a_digest_nobody_knows(self):
        Record.objects.filter(seq=4).update(digest="md5")
        assert attacks() == {Attack.EDITED}

    @pytest.mark.parametrize("seqs", [(1,), (4,), (4, 5), (8,)])
    def test_it_finds_a_removed_record(self, seqs):
        remove(*seqs)
        assert Attack.REMOVED in attacks()

    def test_it_finds_a_removed_record_whose_gap_was_closed(self):
        remove(4)
        close_gaps()
        assert Attack.REMOVED in attacks()

    @pytest.mark.parametrize(("one", "other"), [(1, 2), (3, 7), (8, 9)])
    def test_it_finds_re_ordered_records(self, one, other):
        swap(one, other)
        assert Attack.REORDERED in attacks()
        assert Attack.EDITED not in attacks()

    @pytest.mark.parametrize("kept", [0, 3, 6, 8])
    def test_it_finds_a_chain_cut_off_at_its_end(self, kept):
        remove(*range(kept + 1, 10))
        assert attacks() == {Attack.TRUNCATED}

    def test_it_finds_new_records_in_the_place_of_cut_off_ones(self, keep):
        remove(8, 9)
        keep(3)
        assert attacks() == {Attack.RECOMPUTED}

    @pytest.mark.parametrize("seq", [1, 4, 7, 9])
    def test_it_finds_a_wholly_re_computed_chain(self, seq):
        edit(seq)
        recompute(seq)
        assert attacks() == {Attack.RECOMPUTED}

    def test_it_finds_a_record_removed_from_a_wholly_re_computed_chain(self):
        remove(2)
        close_gaps()
        recompute(1)
        assert attacks() == {Attack.RECOMPUTED, Attack.TRUNCATED}

    def test_it_finds_an_emptied_database(self):
        Entry.objects.all()._raw_delete("default")
        Record.objects.all()._raw_delete("default")
        assert attacks() == {Attack.TRUNCATED}


@pytest.mark.usefixtures("chain")
class TestHeads:
    def test_a_changed_head_is_found(self, outside):
        [path] = outside.glob("head-*.json")
        path.chmod(0o600)
        found = json.loads(path.read_text())
        found["head"]["hash"] = "0" * 64
        path.write_text(json.dumps(found))
        assert Attack.HEADS in attacks()

    def test_a_head_signed_with_another_key_is_found(self, outside, settings, tmp_path):
        for path in outside.glob("head-*.json"):
            path.unlink()
        settings.AUDIT_KEYS = tmp_path / "keys of the attacker"
        sign()
        settings.AUDIT_KEYS = tmp_path / "keys"
        assert Attack.HEADS in attacks()

    def test_a_file_that_is_no_head_is_found(self, outside):
        (outside / "head-000002-2026-11-22.json").write_text("[]")
        assert attacks() == {Attack.HEADS}

    def test_a_missing_head_is_found(self, outside, keep):
        assert sign()
        keep(1)
        assert sign()
        next(iter(sorted(outside.glob("head-*.json")))).unlink()
        assert attacks() == {Attack.HEADS}

    def test_a_head_covers_the_notes_before_it(self, outside):
        assert sign().seq == 9
        assert (outside / "tips.txt").read_text() == ""
        assert verify().is_sound

    def test_nothing_new_needs_no_head(self):
        assert sign() is not None
        assert sign() is None

    def test_a_day_that_is_over_ends_with_its_last_record(self, keep):
        Record.objects.filter(seq__gt=7).update(sealed_at=NOW + timedelta(days=2))
        head = sign_head(day=beijing_day(NOW), at=NOW + timedelta(days=2))
        assert head.seq == 7

    def test_a_day_before_the_first_record_has_no_head(self):
        assert sign_head(day=date(2020, 1, 1), at=NOW) is None

    def test_the_private_key_is_readable_by_its_owner_alone(self, tmp_path):
        assert (tmp_path / "keys" / "signing.key").stat().st_mode & 0o777 == 0o600

    def test_a_note_cut_short_by_a_crash_is_no_attack(self, outside):
        with (outside / "tips.txt").open("a") as file:
            file.write("10 3f5a")
        assert verify().is_sound


@pytest.mark.usefixtures("chain")
class TestRestore:
    def test_a_signed_restore_is_told_and_is_no_attack(self, keep):
        remove(5, 6, 7, 8, 9)
        head = sign_restored(day=date(2026, 11, 21), at=NOW)
        assert (head.seq, head.lost_to) == (4, 9)
        assert verify().is_sound
        assert len(verify().notices) == 1
        keep(8)
        assert verify().is_sound
        sign()
        edit(6)
        recompute(6)
        assert attacks() == {Attack.RECOMPUTED}

    def test_a_restore_to_before_the_first_record_is_signed_too(self, keep):
        remove(*range(1, 10))
        assert sign_restored(day=date(2026, 11, 21), at=NOW).seq == 0
        keep(2)
        assert verify().is_sound

    def test_a_restore_that_lost_nothing_needs_no_word(self):
        assert sign_restored(day=date(2026, 11, 21), at=NOW) is None


def test_a_chain_may_change_its_digest(keep, settings):
    keep(2)
    settings.AUDIT_DIGEST = "sm3"
    keep(2)
    report = verify()
    assert report.is_sound
    assert list(Record.objects.order_by("seq").values_list("digest", flat=True)) == [
        "sha256",
        "sha256",
        "sm3",
        "sm3",
    ]
