"""The cast, a record they hold documents of, and a store of their own."""

import io
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile

from qingshan.accounts.models import User
from qingshan.documents import policies
from qingshan.documents.public import register_owner_policy
from qingshan.kernel.refs import Ref


def package(*parts: str) -> bytes:
    """A zip package with empty parts of these names."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for part in ("[Content_Types].xml", *parts):
            archive.writestr(part, "")
    return made.getvalue()


@pytest.fixture
def made():
    """Contents of files, by kind."""
    return {
        "pdf": b"%PDF-1.7\n...",
        "docx": package("word/document.xml"),
        "xlsx": package("xl/workbook.xml"),
        "docm": package("word/document.xml", "word/vbaProject.bin"),
        "ofd": package("OFD.xml"),
        "ole": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
        "html": b"<!DOCTYPE html><html><script>alert(1)</script></html>",
        "gbk": "台山市生态环境局,达标\r\n".encode("gbk"),
        "exe": b"MZ\x90\x00",
        "png": b"\x89PNG\r\n\x1a\n...",
    }


@pytest.fixture
def file(made):
    """A file to upload: its name and the kind of its content."""
    return lambda name, kind="pdf": ContentFile(made[kind], name)


@pytest.fixture
def cast(db):
    """林 leads the department, 陈 reports to her, 周 is from another district."""
    return {
        name: User.objects.create(username=name, display_name=name, password="!")
        for name in ("林", "陈", "周")
    }


@pytest.fixture
def thing(monkeypatch):
    """A record of another room: 林 may see and change what belongs to it, 陈 may see it."""
    monkeypatch.setattr(policies, "_POLICIES", dict(policies._POLICIES))
    register_owner_policy(
        "tests.thing",
        may_see=lambda user, ref: user.username in {"林", "陈"},
        may_change=lambda user, ref: user.username == "林",
    )
    return Ref("tests", "thing", "7")


@pytest.fixture
def at():
    return datetime(2026, 11, 20, 2, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def store(settings, tmp_path):
    """The folder of files."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.PAPER_TEMPLATES = tmp_path / "paper-templates"
    settings.UPLOAD_MAX_BYTES = 1024**2
    return settings.MEDIA_ROOT
