"""Papers made in the background."""

import pytest

from qingshan.documents.background import render
from qingshan.documents.public import documents_for
from qingshan.jobs.public import GiveUp, Progress

PAYLOAD = {
    "template": "plain.typ",
    "context": {"title": "年度评估", "sender": "", "written_on": "", "paragraphs": ["正文"]},
    "owner": "tests.thing/7",
    "file_name": "年度评估.pdf",
    "title": "年度评估",
}


@pytest.mark.django_db
class TestRender:
    def test_the_paper_is_attached_to_its_owner(self, thing):
        result = render(PAYLOAD, Progress())
        [document] = documents_for(None, thing)
        assert result["document"] == document.pk
        assert document.newest.media_type == "application/pdf"
        assert document.newest.uploaded_by is None

    def test_a_template_nobody_has_is_given_up_at_once(self, thing):
        with pytest.raises(GiveUp, match=r"none\.typ"):
            render({**PAYLOAD, "template": "none.typ"}, Progress())
        assert documents_for(None, thing) == []
