"""Tables in: indicators, targets, values and projects from a workbook.

A template tells the columns; a dry run names every wrong cell with what was found and what is allowed;
carrying out enters all rows or none.
"""

from qingshan.plans.imports.checking import Checked, carry_out, check
from qingshan.plans.imports.kinds import KINDS, Kind
from qingshan.plans.imports.templates import template_file

__all__ = ["KINDS", "Checked", "Kind", "carry_out", "check", "template_file"]
