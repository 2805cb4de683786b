"""Pages of documents."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.timezone import now

from qingshan.documents.actions import withdraw
from qingshan.documents.models import Document


@pytest.fixture
def lin(client, cast):
    client.force_login(cast["林"])
    return client


def upload(client, thing, name, content, **fields):
    data = {"file": SimpleUploadedFile(name, content), "kind": "letter", **fields}
    return client.post(reverse("documents:upload", args=[thing]), data)


class TestDocumentsOf:
    def test_it_lists_what_was_uploaded(self, lin, thing, made):
        answer = upload(lin, thing, "省厅来函.pdf", made["pdf"], title="关于下达目标的函")
        assert answer.status_code == 302
        page = lin.get(answer.url)
        assert "关于下达目标的函" in page.content.decode()
        assert "省厅来函.pdf" in page.content.decode()

    def test_an_empty_list_says_what_to_do(self, lin, thing):
        assert "还没有附件" in lin.get(reverse("documents:of", args=[thing])).content.decode()

    def test_the_fragment_has_no_page_around_it(self, lin, thing):
        answer = lin.get(reverse("documents:of", args=[thing]), headers={"HX-Request": "true"})
        assert answer.content.decode().lstrip().startswith("<section")

    def test_who_may_only_see_is_offered_no_upload(self, client, cast, thing):
        client.force_login(cast["陈"])
        assert '<form class="form"' not in client.get(reverse("documents:of", args=[thing])).content.decode()

    def test_to_a_person_from_another_district_it_is_not_there(self, client, cast, thing):
        client.force_login(cast["周"])
        assert client.get(reverse("documents:of", args=[thing])).status_code == 404

    def test_who_is_not_logged_in_is_sent_to_log_in(self, client, thing):
        answer = client.get(reverse("documents:of", args=[thing]))
        assert answer.status_code == 302


class TestUpload:
    def test_a_web_page_posing_as_a_document_is_refused_in_plain_words(self, lin, thing, made):
        answer = upload(lin, thing, "报告.docx", made["html"])
        assert answer.status_code == 422
        assert "内容却是网页（HTML）" in answer.content.decode()
        assert not Document.objects.exists()

    def test_a_file_far_too_big_is_refused_without_being_stored(self, lin, thing, made, settings, store):
        answer = upload(lin, thing, "大.pdf", made["pdf"] + b"0" * (3 * 1024**2))
        assert answer.status_code == 422
        assert "超过上限 1 MB，没有接收" in answer.content.decode()
        assert not store.exists()

    def test_a_file_just_too_big_is_told_its_limit(self, lin, thing, made):
        answer = upload(lin, thing, "大.pdf", made["pdf"] + b"0" * 1024**2)
        assert answer.status_code == 422
        assert "上限 1 MB" in answer.content.decode()

    def test_a_double_click_attaches_once(self, lin, thing, made):
        for _ in range(2):
            answer = upload(lin, thing, "来函.pdf", made["pdf"], once="0" * 32)
            assert answer.status_code == 302
        assert Document.objects.count() == 1

    def test_no_file_is_no_upload(self, lin, thing):
        answer = lin.post(reverse("documents:upload", args=[thing]), {"kind": "letter"})
        assert answer.status_code == 422

    def test_who_may_only_see_is_refused(self, client, cast, thing, made):
        client.force_login(cast["陈"])
        assert upload(client, thing, "来函.pdf", made["pdf"]).status_code == 403


class TestDownload:
    @pytest.fixture
    def letter(self, lin, thing, made):
        upload(lin, thing, "省厅来函.pdf", made["pdf"])
        return Document.objects.get()

    def test_it_is_handed_over_as_a_file_and_never_shown(self, lin, letter, made):
        answer = lin.get(reverse("documents:download", args=[letter.pk]))
        assert b"".join(answer.streaming_content) == made["pdf"]
        assert answer["Content-Disposition"].startswith("attachment")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"].startswith("sandbox")
        answer.close()

    def test_to_a_person_from_another_district_it_is_not_there(self, client, cast, letter):
        client.force_login(cast["周"])
        for name in ("documents:download", "documents:document"):
            assert client.get(reverse(name, args=[letter.pk])).status_code == 404

    def test_who_may_not_see_it_neither_adds_to_it_nor_learns_of_it(self, client, cast, thing, letter, made):
        client.force_login(cast["周"])
        assert upload(client, thing, "来函.pdf", made["pdf"]).status_code == 404
        for name in ("documents:new_version", "documents:withdraw"):
            assert client.post(reverse(name, args=[letter.pk])).status_code == 404

    def test_what_is_not_there_is_not_found(self, lin, letter):
        assert lin.get(reverse("documents:download", args=[letter.pk + 1])).status_code == 404
        assert lin.get(reverse("documents:download_version", args=[letter.pk, 9])).status_code == 404


class TestDocument:
    @pytest.fixture
    def letter(self, lin, thing, made):
        upload(lin, thing, "省厅来函.pdf", made["pdf"])
        return Document.objects.get()

    def test_it_shows_every_version_with_its_hash(self, lin, letter, made):
        data = {"file": SimpleUploadedFile("来函二.docx", made["docx"]), "note": "补盖章页"}
        assert lin.post(reverse("documents:new_version", args=[letter.pk]), data).status_code == 302
        page = lin.get(reverse("documents:document", args=[letter.pk])).content.decode()
        for version in letter.versions.all():
            assert version.sha256 in page
        assert "补盖章页" in page

    def test_it_is_withdrawn_with_a_reason_only(self, lin, letter, thing):
        address = reverse("documents:withdraw", args=[letter.pk])
        assert lin.post(address, {"reason": ""}).status_code == 422
        assert lin.post(address, {"reason": "传错了"}).status_code == 302
        assert "传错了" in lin.get(reverse("documents:document", args=[letter.pk])).content.decode()
        assert lin.post(address, {"reason": "再来"}).status_code == 422

    def test_once_withdrawn_only_who_keeps_the_record_opens_it(self, client, cast, letter):
        def opened(name):
            client.force_login(cast[name])
            return client.get(reverse("documents:document", args=[letter.pk])).status_code

        assert opened("陈") == 200  # she may see the record, and not change it
        withdraw(document=letter, by=cast["林"], at=now(), reason="传错了")
        assert opened("陈") == 404
        assert client.get(reverse("documents:download", args=[letter.pk])).status_code == 404
        assert opened("林") == 200
