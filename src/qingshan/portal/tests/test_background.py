"""What the worker does every night."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from qingshan.audit.models import Entry, Record
from qingshan.audit.public import record, seal
from qingshan.jobs.models import Schedule
from qingshan.jobs.public import GiveUp, Progress
from qingshan.kernel.refs import Ref
from qingshan.portal import background
from qingshan.portal.backup.archive import checked

AT = datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def outside(tmp_path, settings):
    settings.AUDIT_HEADS = tmp_path / "heads"
    settings.AUDIT_KEYS = tmp_path / "keys"
    settings.BACKUPS = tmp_path / "backups"
    settings.MEDIA_ROOT = tmp_path / "documents"


@pytest.fixture
def chain(transactional_db):
    for number in range(3):
        with transaction.atomic():
            record("plans.revise", Ref("plans", "target", str(number)), by=None, at=AT)


@pytest.mark.usefixtures("chain")
class TestNights:
    def test_yesterdays_end_of_the_chain_is_signed(self):
        assert background.sign_audit({}, Progress()) == {}  # all was sealed today
        Record.objects.update(sealed_at=datetime.now(UTC) - timedelta(days=1))
        assert background.sign_audit({}, Progress())["seq"] == 3

    def test_a_sound_chain_is_counted(self):
        assert background.verify_audit({}, Progress())["records"] == 3

    def test_a_broken_chain_fails_the_job_in_plain_words(self):
        Entry.objects.filter(record__seq=2).update(action="plans.nothing")
        with pytest.raises(GiveUp, match="第 2 条"):
            background.verify_audit({}, Progress())

    def test_the_backup_is_a_good_one(self, settings):
        result = background.back_up({}, Progress())
        manifest = checked(settings.BACKUPS / result["file"], None)
        assert manifest.database.tables["audit_record"].rows == 3

    def test_a_missing_attachment_fails_the_job_and_keeps_the_backup(self, settings):
        from qingshan.documents.models import Document, DocumentVersion

        document = Document.objects.create(family="tests.thing", key="1", title="来函")
        DocumentVersion.objects.create(
            document=document,
            number=1,
            file_name="来函.pdf",
            media_type="application/pdf",
            size=1,
            sha256="0" * 64,
            uploaded_at=AT,
        )
        with pytest.raises(GiveUp, match="不在存储目录中"):
            background.back_up({}, Progress())
        assert len(list(settings.BACKUPS.glob("*.qsbackup"))) == 1


def test_nothing_is_left_to_seal(transactional_db):
    assert seal() == 0


@pytest.mark.django_db
class TestStatistics:
    def test_every_table_with_rows_is_looked_at(self):
        Schedule.objects.create(name="x", title="x", kind="portal.tidy", when="15 3 * * *", next_at=AT)
        background.look_at_tables({}, Progress())
        looked = {
            "sqlite": "SELECT count(*) FROM sqlite_stat1 WHERE tbl = 'jobs_schedule'",
            "postgresql": "SELECT count(*) FROM pg_stats WHERE tablename = 'jobs_schedule'",
        }
        with connection.cursor() as cursor:
            cursor.execute(looked[connection.vendor])
            assert cursor.fetchone()[0] > 0
