"""Screenshots of every main page, wide and narrow: ``./qs shots [--out FOLDER] [page ...]``.

Starts an installation of its own with the real plans and the fictional county, logs in as people of
both, and writes ``<page>-1440.png`` and ``<page>-390.png``. Nine of them, of the fictional county or with
printed values only, are kept in ``docs/screenshots`` for the README and the handbook (``--readme``).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tools.house import CHROMIUM_ARGUMENTS, PREPARE_DEMONSTRATION, House, chromium_path  # noqa: E402

WIDTHS = {1440: 900, 390: 844}

#: Page -> who looks at it, and its address.
PAGES: dict[str, tuple[str, str]] = {
    "plans": ("planner", "/plans/"),
    "overview": ("leader", "/plans/{county}/"),
    "overview-jiangmen": ("real", "/plans/jiangmen-2019/"),
    "overview-taishan": ("real", "/plans/taishan-2021/"),
    "indicators": ("planner", "/plans/{county}/indicators/"),
    "indicators-jiangmen": ("real", "/plans/jiangmen-2019/indicators/"),
    "indicators-yangjiang": ("real", "/plans/yangjiang-hightech-2021/indicators/"),
    "indicator": ("planner", "/plans/{county}/indicators/{indicator}/"),
    "indicator-yangjiang": ("real", "/plans/yangjiang-hightech-2021/indicators/002-T1-02/"),
    "value-form": ("planner", "/plans/{county}/indicators/{indicator}/values/new"),
    "measures": ("planner", "/plans/{county}/measures/"),
    "measures-list": ("planner", "/plans/{county}/measures/list/"),
    "measure": ("planner", "/plans/{county}/measures/{measure}/"),
    "commitments": ("planner", "/plans/{county}/commitments/"),
    "projects": ("planner", "/plans/{county}/projects/"),
    "projects-yangjiang": ("real", "/plans/yangjiang-hightech-2021/projects/"),
    "project": ("planner", "/plans/{county}/projects/{project}/"),
    "timeline": ("planner", "/plans/{county}/projects/timeline/"),
    "money": ("planner", "/plans/{county}/projects/money/"),
    "making": ("planner", "/plans/{county}/making/"),
    "making-taishan": ("real", "/plans/taishan-2021/making/"),
    "department": ("planner", "/departments/{department}/"),
    "review": ("leader", "/review/"),
    "inbox": ("housing", "/tasks/"),
    "tasks": ("planner", "/tasks/all/"),
    "task": ("planner", "/tasks/{task}/"),
    "task-report": ("housing", "/tasks/{task}/report"),
    "task-new": ("planner", "/tasks/new"),
    "annual": ("planner", "/annual/"),
    "annual-plan": ("planner", "/annual/{annual}/"),
    "annual-departments": ("planner", "/annual/{annual}/departments/"),
    "dispatch": ("planner", "/dispatch/"),
    "dispatch-round": ("planner", "/dispatch/{closed_round}/"),
    "dispatch-bulletin": ("planner", "/dispatch/{closed_round}/bulletin"),
    "dispatch-report": ("housing", "/dispatch/{open_round}/departments/{part}/"),
    "papers": ("planner", "/papers/"),
    "papers-list": ("planner", "/papers/all/"),
    "funds": ("planner", "/funds/"),
    "funds-plan": ("planner", "/funds/plans/{county}/"),
    "funds-warnings": ("planner", "/funds/warnings/"),
    "funds-reserve": ("planner", "/funds/reserve/"),
    "funds-project": ("planner", "/funds/plans/{county}/projects/{project}/"),
    "funds-enter": ("planner", "/funds/plans/{county}/projects/{project}/enter"),
    "funds-bids": ("planner", "/funds/bids/"),
    "funds-yangjiang": ("real", "/funds/plans/yangjiang-hightech-2021/"),
    "assessment": ("planner", "/assessment/"),
    "evaluation": ("leader", "/assessment/{evaluation}/"),
    "evaluation-points": ("leader", "/assessment/{evaluation}/points"),
    "evaluation-scheme": ("leader", "/assessment/schemes/progress-2026/"),
    "completion": ("real", "/assessment/tables/yangjiang-hightech-2021/"),
    "succession": ("planner", "/succession/"),
    "series": ("real", "/succession/series/"),
    "compare": ("real", "/succession/compare/"),
    "levels": ("planner", "/levels/"),
    "levels-new": ("planner", "/levels/new"),
    "disclosure": ("", "/disclosure/"),
    "disclosure-desk": ("planner", "/disclosure/desk/"),
    "assignments": ("planner", "/assignments/"),
    "target-form": ("planner", "/plans/{county}/indicators/{indicator}/targets/new"),
    "quantities": ("planner", "/plans/{county}/projects/{project}/quantities"),
    "import": ("planner", "/plans/{county}/import/"),
    "intake": ("planner", "/intake/"),
    "intake-review": ("planner", "/intake/{review_of}/"),
    "intake-conflicts": ("planner", "/intake/{review_of}/?kind=conflict"),
    "intake-head": ("planner", "/intake/{review_of}/head"),
    "intake-enter": ("leader", "/intake/{review_of}/enter"),
    "intake-add": ("planner", "/intake/{review_of}/add"),
    "catalogue": ("planner", "/catalogue/"),
    "catalogue-entry": ("planner", "/catalogue/{catalogue}/"),
    "catalogue-form": ("planner", "/catalogue/{catalogue}/revise"),
    "search": ("planner", "/search/?q=污水"),
    "messages": ("planner", "/messages/"),
    "profile": ("planner", "/account/"),
    "login": ("", "/login/"),
    "administration": ("system", "/administration/"),
    "users": ("system", "/administration/users/"),
    "departments": ("system", "/administration/departments/"),
    "jobs": ("system", "/jobs/"),
    "calendar": ("system", "/calendar/"),
    "roles": ("security", "/administration/roles/"),
    "audit": ("audit", "/audit/"),
    "forbidden": ("stranger", "/administration/"),
    "not-found": ("stranger", "/plans/{county}/"),
    "patterns": ("planner", "/patterns"),
}

README = (
    "overview", "indicator", "projects-yangjiang", "indicators-jiangmen", "timeline",
    "annual-plan", "dispatch-bulletin", "evaluation-points",
)  # fmt: skip


def main(words: list[str]) -> int:
    """Take the screenshots asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", nargs="*", help=f"which pages; all when none is named: {', '.join(PAGES)}")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "screenshots")
    parser.add_argument("--readme", action="store_true", help="write the nine kept into docs/screenshots")
    args = parser.parse_args(words)
    wanted = list(README) if args.readme else args.pages or list(PAGES)
    out = ROOT / "docs" / "screenshots" if args.readme else args.out
    out.mkdir(parents=True, exist_ok=True)
    environment = {"QINGSHAN_AS_OF": "2026-11-21", "QINGSHAN_DEBUG": "0" if args.readme else "1"}
    with (
        House(environment=environment, prepare=PREPARE_DEMONSTRATION) as house,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        told = house.told
        assert isinstance(told, dict)
        for width, height in ({1440: 1100} if args.readme else WIDTHS).items():
            for who in dict.fromkeys(PAGES[name][0] for name in wanted):
                page = _logged_in(browser, house.address, told["people"].get(who), width, height)
                for name in wanted:
                    if PAGES[name][0] == who:
                        _shoot(
                            page,
                            house.address + PAGES[name][1].format(**told),
                            out / f"{name}-{width}.png",
                            width,
                        )
                page.context.close()
        if args.readme:
            page = _logged_in(browser, house.address, told["people"]["leader"], 390, 1100)
            _shoot(page, f"{house.address}/plans/{told['county']}/", out / "overview-390.png", 390)
        browser.close()
    print(out)
    return 0


def _logged_in(browser: Browser, address: str, login: list[str] | None, width: int, height: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="zh-CN", device_scale_factor=1
    )
    page = context.new_page()
    if login:
        page.goto(f"{address}/login/")
        page.fill("input[name=username], input[name=login]", login[0])
        page.fill("input[name=password]", login[1])
        page.click("main button[type=submit]")
        page.wait_for_load_state("load")
    return page


def _shoot(page: Page, address: str, path: Path, width: int) -> None:
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(400)  # charts settle
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    print(f"{path.name}{f'  WIDER THAN THE SCREEN by {overflow} px' if overflow > 0 else ''}", flush=True)
    page.screenshot(path=path, full_page=width < 1000 and path.parent.name != "screenshots")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
