"""Attaching, newer versions, withdrawing, citing."""

import stat

import pytest
from django.core.files.base import ContentFile

from qingshan.accounts.public import Forbidden
from qingshan.audit.public import trail
from qingshan.documents import storage
from qingshan.documents.public import (
    RefusedFile,
    UnknownOwner,
    WithdrawnDocument,
    add_version,
    attach,
    citations_of,
    cite,
    documents_for,
    open_document,
    withdraw,
)
from qingshan.kernel.refs import Ref


@pytest.fixture
def letter(cast, thing, file, at):
    return attach(file("省厅来函.pdf"), to=thing, by=cast["林"], at=at, kind="letter")


class TestAttach:
    def test_the_file_is_kept_by_its_content_and_cannot_be_run_or_changed(self, letter, store, made):
        version = letter.newest
        path = storage.path_of(version.sha256)
        assert path.is_relative_to(store)
        assert path.read_bytes() == made["pdf"]
        assert stat.S_IMODE(path.stat().st_mode) == 0o440
        assert version.size == len(made["pdf"])
        assert not list(store.glob("incoming-*"))

    def test_it_takes_the_files_name_where_no_title_is_given(self, letter):
        assert letter.title == letter.newest.file_name == "省厅来函.pdf"

    def test_it_is_in_the_trail_of_its_owner(self, letter, thing):
        assert [entry.action for entry in trail(thing)] == ["documents.attach"]

    def test_the_same_content_twice_is_one_file(self, letter, cast, thing, file, at, store):
        attach(file("副本.pdf"), to=thing, by=cast["林"], at=at)
        assert len([path for path in store.rglob("*") if path.is_file()]) == 1

    @pytest.mark.parametrize(
        ("given", "kept"),
        [
            ("../../etc/来文.pdf", "来文.pdf"),
            (r"C:\Users\林\来文.pdf", "来文.pdf"),
            ("来\n文\x00.pdf", "来文.pdf"),
            ("长" * 300 + ".pdf", "长" * 196 + ".pdf"),
        ],
    )
    def test_a_name_is_kept_without_folders_and_control_characters(self, cast, thing, made, at, given, kept):
        upload = ContentFile(made["pdf"])
        upload.name = given
        assert attach(upload, to=thing, by=cast["林"], at=at).newest.file_name == kept

    @pytest.mark.parametrize("name", ["陈", "周"])
    def test_it_refuses_who_may_not_change_the_owner(self, cast, thing, file, at, name, store):
        with pytest.raises(Forbidden):
            attach(file("来文.pdf"), to=thing, by=cast[name], at=at)
        assert not store.exists()

    def test_it_refuses_an_owner_nobody_answers_for(self, cast, file, at):
        with pytest.raises(UnknownOwner, match=r"nowhere\.thing"):
            attach(file("来文.pdf"), to=Ref("nowhere", "thing", "1"), by=cast["林"], at=at)

    def test_it_refuses_what_is_too_big_and_says_how_big_it_may_be(self, cast, thing, at):
        upload = ContentFile(b"%PDF-" + b"0" * 1024**2, "大.pdf")
        with pytest.raises(RefusedFile, match="有 2 MB，超过单个附件的上限 1 MB"):
            attach(upload, to=thing, by=cast["林"], at=at)

    def test_the_system_itself_may_attach(self, thing, file, at, db):
        assert attach(file("年报.pdf"), to=thing, by=None, at=at).newest.uploaded_by is None


class TestAddVersion:
    def test_the_older_file_can_still_be_opened(self, letter, cast, at, made):
        add_version(ContentFile(made["docx"], "来函.docx"), document=letter, by=cast["林"], at=at)
        with open_document(cast["陈"], letter.pk).file as newest:
            assert newest.read() == made["docx"]
        with open_document(cast["陈"], letter.pk, 1).file as first:
            assert first.read() == made["pdf"]

    def test_the_same_content_adds_nothing(self, letter, cast, at, file):
        assert add_version(file("来函.pdf"), document=letter, by=cast["林"], at=at).number == 1
        assert letter.versions.count() == 1

    def test_it_refuses_who_may_only_see(self, letter, cast, at, file):
        with pytest.raises(Forbidden):
            add_version(file("来函.pdf"), document=letter, by=cast["陈"], at=at)


class TestWithdraw:
    def test_it_leaves_the_list_and_stays_in_the_store(self, letter, cast, thing, at):
        withdraw(document=letter, by=cast["林"], at=at, reason="传错了")
        assert documents_for(cast["林"], thing) == []
        assert documents_for(cast["林"], thing, withdrawn=True) == [letter]
        assert storage.path_of(letter.newest.sha256).is_file()

    def test_it_needs_a_reason(self, letter, cast, at):
        with pytest.raises(ValueError, match="撤回理由"):
            withdraw(document=letter, by=cast["林"], at=at, reason="  ")

    def test_it_is_done_once_and_ends_further_versions(self, letter, cast, at, file):
        withdraw(document=letter, by=cast["林"], at=at, reason="传错了")
        with pytest.raises(WithdrawnDocument):
            withdraw(document=letter, by=cast["林"], at=at, reason="再来")
        with pytest.raises(WithdrawnDocument):
            add_version(file("来函.pdf"), document=letter, by=cast["林"], at=at)


class TestCite:
    def test_a_record_rests_on_a_place_in_a_document(self, letter, cast, at):
        target = Ref("plans", "target", "4")
        cite(
            version=letter.newest, subject=target, place="第 2 页", quote="不低于 95.4%", by=cast["陈"], at=at
        )
        [citation] = citations_of(cast["陈"], target)
        assert (citation.version.document, citation.place) == (letter, "第 2 页")
        assert [entry.action for entry in trail(target)] == ["documents.cite"]

    def test_who_may_not_see_the_document_sees_and_makes_no_citation(self, letter, cast, at):
        target = Ref("plans", "target", "4")
        cite(version=letter.newest, subject=target, place="第 2 页", by=cast["陈"], at=at)
        assert citations_of(cast["周"], target) == []
        with pytest.raises(Forbidden):
            cite(version=letter.newest, subject=target, place="第 3 页", by=cast["周"], at=at)


class TestDocumentsFor:
    def test_a_person_from_another_district_sees_nothing(self, letter, cast, thing):
        assert documents_for(cast["陈"], thing) == [letter]
        assert documents_for(cast["周"], thing) == []
        with pytest.raises(Forbidden):
            open_document(cast["周"], letter.pk)

    def test_a_family_nobody_answers_for_is_seen_by_nobody(self, cast):
        assert documents_for(cast["林"], Ref("nowhere", "thing", "1")) == []
