"""Every command there is, and the module that holds it. The handbook is tested against this table."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["COMMANDS", "Entry"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One command: where it lives, what it is for, and whether Django must be started first."""

    module: str
    help: str
    needs_server: bool = True


COMMANDS: dict[tuple[str, ...], Entry] = {
    ("standards", "list"): Entry("qingshan.standards.commands.list", "list editions and their days", False),
    ("standards", "show"): Entry("qingshan.standards.commands.show", "show an edition's values", False),
    ("standards", "diff"): Entry("qingshan.standards.commands.diff", "compare two editions", False),
    ("standards", "check"): Entry(
        "qingshan.standards.commands.check", "check data files of standards", False
    ),
    ("conformance",): Entry("qingshan.evaluation.commands.conformance", "run worked examples", False),
}
