"""Files that are too big to be taken: the form says so, at the file, instead of that none was chosen."""

import pytest
from django import forms

from qingshan.pages.uploads import refuse_too_big


class LetterForm(forms.Form):
    number = forms.CharField()
    letter = forms.FileField()


class PlainForm(forms.Form):
    number = forms.CharField()


@pytest.fixture
def sent(rf, settings):
    settings.UPLOAD_MAX_BYTES = 50 * 1024**2

    def post(megabytes):
        request = rf.post("/", {"number": "7"})
        request.META["CONTENT_LENGTH"] = str(megabytes * 1024**2 + 300)
        return request

    return post


def test_a_form_whose_file_was_too_big_says_so_once_at_the_file(sent):
    form = LetterForm({"number": "7"}, {})
    assert refuse_too_big(sent(200), form)
    assert form.errors == {"letter": ["文件有 200 MB，超过上限 50 MB，没有接收。请压缩图片或拆分后再上传。"]}


def test_a_form_without_a_file_field_says_it_for_the_whole_form(sent):
    form = PlainForm({"number": "7"})
    assert refuse_too_big(sent(200), form)
    assert "超过上限 50 MB" in form.non_field_errors()[0]


def test_a_form_of_ordinary_size_is_left_alone(sent):
    form = PlainForm({"number": "7"})
    assert not refuse_too_big(sent(50), form)
    assert form.errors == {}


def test_a_length_that_is_no_number_announces_nothing(rf):
    request = rf.post("/")
    request.META["CONTENT_LENGTH"] = "many"
    assert not refuse_too_big(request, PlainForm({"number": "7"}))
