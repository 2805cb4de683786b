"""What every page shares.

Callers may answer with `page_or_part`, show lists with `show_list`, read the as-of date with
`as_of`, and read and write workbooks. They may not print a number but through a `Figure` or the
``count`` tag, and may not write a cell themselves.
"""

from qingshan.pages.addresses import RefConverter
from qingshan.pages.asof import BadAsOf, as_of, read_day, today
from qingshan.pages.badges import Badge, badge_of
from qingshan.pages.choices import offer
from qingshan.pages.columns import DayColumn, FigureColumn, NoteColumn, StateColumn, TitleColumn
from qingshan.pages.doors import Door, Tab
from qingshan.pages.filters import WordsFilter
from qingshan.pages.forms import DayInput, answer_form
from qingshan.pages.imports import WorkbookForm, WorkbookImport
from qingshan.pages.kept import Upload, drop_upload, keep_upload, kept_upload, tidy
from qingshan.pages.listing import Listing, show_list
from qingshan.pages.moves import MovePage, NoteForm, ReasonForm, asked_move
from qingshan.pages.once import AlreadySubmitted, new_token, once
from qingshan.pages.responses import page_or_part, wants_part
from qingshan.pages.rows import FormWithRows, RowForm
from qingshan.pages.uploads import announces_too_much, is_too_big, refuse_too_big
from qingshan.pages.waiting import Waiting, register_waiting, waiting_for
from qingshan.pages.workbooks.checking import (
    Column,
    Problem,
    heading_among,
    in_every_language,
    no_rows,
    strange_headings,
)
from qingshan.pages.workbooks.reading import Cell, Row, UnreadableTable, UploadedTable, decode, read_table
from qingshan.pages.workbooks.writing import Sheet, safe_text, starts_formula, write_workbook

__all__ = [
    "AlreadySubmitted",
    "BadAsOf",
    "Badge",
    "Cell",
    "Column",
    "DayColumn",
    "DayInput",
    "Door",
    "FigureColumn",
    "FormWithRows",
    "Listing",
    "MovePage",
    "NoteColumn",
    "NoteForm",
    "Problem",
    "ReasonForm",
    "RefConverter",
    "Row",
    "RowForm",
    "Sheet",
    "StateColumn",
    "Tab",
    "TitleColumn",
    "UnreadableTable",
    "Upload",
    "UploadedTable",
    "Waiting",
    "WordsFilter",
    "WorkbookForm",
    "WorkbookImport",
    "announces_too_much",
    "answer_form",
    "as_of",
    "asked_move",
    "badge_of",
    "decode",
    "drop_upload",
    "heading_among",
    "in_every_language",
    "is_too_big",
    "keep_upload",
    "kept_upload",
    "new_token",
    "no_rows",
    "offer",
    "once",
    "page_or_part",
    "read_day",
    "read_table",
    "refuse_too_big",
    "register_waiting",
    "safe_text",
    "show_list",
    "starts_formula",
    "strange_headings",
    "tidy",
    "today",
    "waiting_for",
    "wants_part",
    "write_workbook",
]
