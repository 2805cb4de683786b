"""The front door of `standards`: look up limits by the day of the data.

Callers may look up values and carry them into a calculation, with the basis that comes with
them. They may not choose an edition by comparing dates of their own, nor write a limit in code.
"""

from qingshan.kernel.codes import BadCode
from qingshan.standards.checking import Finding, check, check_files
from qingshan.standards.comparison import Change, changes
from qingshan.standards.dictionaries.codes import (
    checked_credit_code,
    checked_industry_code,
    checked_waste_code,
    credit_code_check,
)
from qingshan.standards.dictionaries.divisions import write_divisions
from qingshan.standards.dictionaries.entries import Codebook, Entry, Kind, NotAvailable, Status
from qingshan.standards.dictionaries.loader import read_codebook, read_codebooks, shipped_codebooks
from qingshan.standards.dictionaries.search import (
    Found,
    Match,
    books_on,
    listed_for_industry,
    look_up,
    search,
)
from qingshan.standards.dictionaries.shipping import all_codebooks
from qingshan.standards.editions import (
    Cell,
    Edition,
    NoSuchValue,
    Phase,
    Rulebook,
    UnverifiedValue,
    Value,
    Verified,
)
from qingshan.standards.exact_yaml import BadYaml, read_exact, read_exact_text
from qingshan.standards.loader import BadDataFile, read_edition, read_folder, shipped
from qingshan.standards.selection import (
    BeforeFirstEdition,
    NoEditionInForce,
    UnknownStandard,
    YearChoice,
    editions_of,
    rules_for_year,
    rules_named,
    rules_on,
    standards,
)

__all__ = [
    "BadCode",
    "BadDataFile",
    "BadYaml",
    "BeforeFirstEdition",
    "Cell",
    "Change",
    "Codebook",
    "Edition",
    "Entry",
    "Finding",
    "Found",
    "Kind",
    "Match",
    "NoEditionInForce",
    "NoSuchValue",
    "NotAvailable",
    "Phase",
    "Rulebook",
    "Status",
    "UnknownStandard",
    "UnverifiedValue",
    "Value",
    "Verified",
    "YearChoice",
    "all_codebooks",
    "books_on",
    "changes",
    "check",
    "check_files",
    "checked_credit_code",
    "checked_industry_code",
    "checked_waste_code",
    "credit_code_check",
    "editions_of",
    "listed_for_industry",
    "look_up",
    "read_codebook",
    "read_codebooks",
    "read_edition",
    "read_exact",
    "read_exact_text",
    "read_folder",
    "rules_for_year",
    "rules_named",
    "rules_on",
    "search",
    "shipped",
    "shipped_codebooks",
    "standards",
    "write_divisions",
]
