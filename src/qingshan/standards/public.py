"""The front door of `standards`: look up limits by the day of the data.

Callers may look up values and carry them into a calculation, with the basis that comes with
them. They may not choose an edition by comparing dates of their own, nor write a limit in code.
"""

from qingshan.standards.checking import Finding, check, check_files
from qingshan.standards.comparison import Change, changes
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
    "BadDataFile",
    "BadYaml",
    "BeforeFirstEdition",
    "Cell",
    "Change",
    "Edition",
    "Finding",
    "NoEditionInForce",
    "NoSuchValue",
    "Phase",
    "Rulebook",
    "UnknownStandard",
    "UnverifiedValue",
    "Value",
    "Verified",
    "YearChoice",
    "changes",
    "check",
    "check_files",
    "editions_of",
    "read_edition",
    "read_exact",
    "read_exact_text",
    "read_folder",
    "rules_for_year",
    "rules_named",
    "rules_on",
    "shipped",
    "standards",
]
