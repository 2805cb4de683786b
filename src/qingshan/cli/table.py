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
    ("areas", "load"): Entry("qingshan.areas.commands.load", "enter administrative divisions"),
    ("audit", "sign"): Entry("qingshan.audit.commands.sign", "sign where the audit chain ends today"),
    ("audit", "verify"): Entry("qingshan.audit.commands.verify", "check the audit chain"),
    ("backup",): Entry("qingshan.portal.commands.backup", "make a checked backup beside running work"),
    ("init",): Entry("qingshan.accounts.commands.init", "start an empty bureau, with its administrators"),
    ("run",): Entry("qingshan.portal.commands.run", "set up, load what is missing, serve and work"),
    ("serve",): Entry("qingshan.portal.commands.serve", "serve pages and API"),
    ("restore",): Entry("qingshan.portal.commands.restore", "check a backup, or bring it back"),
    ("upgrade",): Entry("qingshan.portal.commands.upgrade", "back up, then update the database"),
    ("users", "reset-password"): Entry(
        "qingshan.accounts.commands.reset_password", "give a user a one-time password"
    ),
    ("demo", "load"): Entry("qingshan.simulation.commands.demo_load", "load the fictional county"),
    ("demo", "remove"): Entry(
        "qingshan.simulation.commands.demo_remove", "remove the fictional county wholly"
    ),
    ("plans", "load"): Entry("qingshan.plans.commands.load", "load printed plans into the ledger"),
    ("standards", "list"): Entry("qingshan.standards.commands.list", "list editions and their days", False),
    ("standards", "show"): Entry("qingshan.standards.commands.show", "show an edition's values", False),
    ("standards", "diff"): Entry("qingshan.standards.commands.diff", "compare two editions", False),
    ("standards", "check"): Entry(
        "qingshan.standards.commands.check", "check data files of standards", False
    ),
    ("dictionary", "list"): Entry(
        "qingshan.standards.commands.dictionary_list", "list code lists and their editions", False
    ),
    ("dictionary", "search"): Entry(
        "qingshan.standards.commands.dictionary_search", "find a code by number, name or word", False
    ),
    ("dictionary", "show"): Entry(
        "qingshan.standards.commands.dictionary_show", "show what a code list says of a code", False
    ),
    ("dictionary", "divisions"): Entry(
        "qingshan.standards.commands.dictionary_divisions", "make a code list of division tables", False
    ),
    ("conformance",): Entry("qingshan.evaluation.commands.conformance", "run worked examples", False),
    ("conformance", "published-air"): Entry(
        "qingshan.evaluation.commands.conformance_published_air", "recompute published air indices", False
    ),
    ("evaluate", "air-hourly"): Entry(
        "qingshan.evaluation.commands.evaluate_air_hourly", "compute hourly air indices of a table", False
    ),
    ("evaluate", "air-daily"): Entry(
        "qingshan.evaluation.commands.evaluate_air_daily", "compute daily air indices of a table", False
    ),
    ("evaluate", "air-year"): Entry(
        "qingshan.evaluation.commands.evaluate_air_year", "evaluate calendar years of air", False
    ),
    ("conformance", "published-water"): Entry(
        "qingshan.evaluation.commands.conformance_published_water", "recompute published water classes", False
    ),
    ("evaluate", "sea"): Entry(
        "qingshan.evaluation.commands.evaluate_sea", "evaluate a table of sea water", False
    ),
    ("evaluate", "black-odor"): Entry(
        "qingshan.evaluation.commands.evaluate_black_odor", "evaluate a table of black-odorous water", False
    ),
    ("evaluate", "sewage"): Entry(
        "qingshan.evaluation.commands.evaluate_sewage", "evaluate daily results of sewage plants", False
    ),
    ("evaluate", "groundwater"): Entry(
        "qingshan.evaluation.commands.evaluate_groundwater", "evaluate a table of groundwater", False
    ),
    ("evaluate", "surface-water"): Entry(
        "qingshan.evaluation.commands.evaluate_surface_water", "evaluate a table of surface water", False
    ),
    ("evaluate", "noise"): Entry(
        "qingshan.evaluation.commands.evaluate_noise", "evaluate a table of noise", False
    ),
    ("evaluate", "soil"): Entry(
        "qingshan.evaluation.commands.evaluate_soil", "evaluate a table of soil", False
    ),
    ("evaluate", "ecology"): Entry(
        "qingshan.evaluation.commands.evaluate_ecology", "evaluate a table of ecological indices", False
    ),
    ("evaluate", "emission"): Entry(
        "qingshan.evaluation.commands.evaluate_emission", "evaluate hours of an outlet", False
    ),
    ("evaluate", "emission-tax"): Entry(
        "qingshan.evaluation.commands.evaluate_emission_tax", "compute environmental tax of a month", False
    ),
    ("evaluate", "risk"): Entry(
        "qingshan.evaluation.commands.evaluate_risk", "evaluate a table of risk, events or forecasts", False
    ),
    ("worker",): Entry("qingshan.jobs.commands.worker", "run background jobs, schedules and events"),
    ("calendar", "load"): Entry("qingshan.workflow.commands.calendar_load", "load a year of holidays"),
    ("calendar", "show"): Entry("qingshan.workflow.commands.calendar_show", "show the working calendar"),
    ("intake", "list"): Entry("qingshan.intake.commands.list", "list plan documents under review"),
    ("intake", "decide"): Entry(
        "qingshan.intake.commands.decide", "replay decisions on a plan document from a file"
    ),
    ("intake", "pack"): Entry("qingshan.intake.commands.pack", "write what was accepted as a plan pack"),
    ("levels", "key"): Entry("qingshan.levels.commands.key", "show this installation's public key"),
    ("levels", "trust"): Entry(
        "qingshan.levels.commands.trust", "register another installation's public key"
    ),
    ("levels", "export"): Entry(
        "qingshan.levels.commands.export", "write a signed package or receipt of a submission"
    ),
    ("levels", "import"): Entry("qingshan.levels.commands.take_in", "check a signed package and take it in"),
    ("plans", "extract"): Entry(
        "qingshan.reading.commands.extract", "read a plan document and print what it says", False
    ),
}
