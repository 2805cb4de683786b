"""The list of values that nobody has confirmed is the one the data files hold."""

from tools.unverified import PAGE, unverified_page

from qingshan.standards.public import Verified, shipped


def test_the_page_is_what_the_data_files_say():
    assert PAGE.read_text("utf-8") == unverified_page(), "run python tools/unverified.py"


def test_every_unverified_value_stands_on_the_page():
    page = PAGE.read_text("utf-8")
    doubtful = [c.label for e in shipped() for c in e.cells if c.verified is Verified.UNVERIFIED]
    assert doubtful
    assert [label for label in doubtful if label.replace("|", "\\|") not in page] == []
