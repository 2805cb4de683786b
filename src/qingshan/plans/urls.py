"""Addresses of the ledger. A plan, an indicator, a measure are named by their codes, so that links last."""

from django.urls import path

from qingshan.plans.views import (
    catalogue,
    departments,
    duties,
    imports,
    indicators,
    making,
    milestones,
    own_entries,
    plans,
    projects,
    provisions,
    records,
    review,
    values,
    work,
)

app_name = "plans"
urlpatterns = [
    path("plans/", plans.plan_list, name="list"),
    path("plans/new", plans.new, name="new"),
    path("plans/<slug:code>/", plans.overview, name="overview"),
    path("plans/<slug:code>/making/", plans.making, name="making"),
    path("plans/<slug:code>/provisions/", provisions.provisions, name="provisions"),
    path("plans/<slug:code>/making/add", plans.add_making, name="add_making"),
    path("plans/<slug:code>/move", plans.move, name="move"),
    path("plans/<slug:code>/import/", imports.imports, name="imports"),
    path("plans/<slug:code>/import/<slug:kind>/", imports.upload, name="upload"),
    path("plans/<slug:code>/import/<slug:kind>/template", imports.template, name="import_template"),
    path("plans/<slug:code>/indicators/", indicators.indicators, name="indicators"),
    path("plans/<slug:code>/indicators/<str:indicator_code>/", indicators.indicator, name="indicator"),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/duty",
        duties.take_on_indicator,
        name="indicator_duty",
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/not-evaluable",
        indicators.not_evaluable,
        name="not_evaluable",
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/not-evaluable/<int:statement_id>/change",
        own_entries.change_not_evaluable,
        name="change_not_evaluable",
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/values/new", values.enter_value, name="enter_value"
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/values/<int:value_id>/", values.value, name="value"
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/values/<int:value_id>/change",
        own_entries.change_value,
        name="change_value",
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/values/<int:value_id>/withdraw",
        own_entries.withdraw_value,
        name="withdraw_value",
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/targets/<int:year>/assign",
        indicators.assign_target,
        name="assign_target",
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/targets/<int:year>/revise",
        indicators.revise_target,
        name="revise_target",
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/targets/<int:year>/adjust",
        indicators.adjust_target,
        name="adjust_target",
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/targets/<int:year>/adjustments/<int:proposal_id>/change",
        own_entries.change_adjustment,
        name="change_adjustment",
    ),
    path("plans/<slug:code>/measures/", work.measure_tree, name="measure_tree"),
    path("plans/<slug:code>/measures/list/", work.measures, name="measures"),
    path("plans/<slug:code>/commitments/", work.commitments, name="commitments"),
    path("plans/<slug:code>/projects/", work.projects, name="projects"),
    path("plans/<slug:code>/projects/timeline/", work.timeline, name="timeline"),
    path("plans/<slug:code>/projects/money/", work.money, name="money"),
    path("plans/<slug:code>/reports/<int:report_id>/", work.report, name="report"),
    path("plans/<slug:code>/reports/<int:report_id>/change", own_entries.change_report, name="change_report"),
    path("plans/<slug:code>/exclusions/new", making.add_exclusion, name="add_exclusion"),
    path("plans/<slug:code>/revise", making.revise_plan, name="revise_plan"),
    path("plans/<slug:code>/missing/new", making.report_missing, name="report_missing"),
    path("plans/<slug:code>/missing/<int:part_id>/supply", making.supply_missing, name="supply_missing"),
    path("plans/<slug:code>/conflicts/new", making.add_conflict, name="add_conflict"),
    path(
        "plans/<slug:code>/conflicts/<int:conflict_id>/settle", making.settle_conflict, name="settle_conflict"
    ),
    path(
        "plans/<slug:code>/projects/<str:work_code>/milestones/<int:milestone_id>/move",
        milestones.move,
        name="move_milestone",
    ),
    path(
        "plans/<slug:code>/projects/<str:work_code>/milestones/<int:milestone_id>/revise",
        milestones.revise,
        name="revise_milestone",
    ),
    path(
        "plans/<slug:code>/projects/<str:work_code>/indicators",
        projects.link_indicators,
        name="link_indicators",
    ),
    *(
        path(f"plans/<slug:code>/{kind}s/<str:work_code>/", work.work, {"kind": kind}, name=kind)
        for kind in ("measure", "commitment", "project")
    ),
    *(
        path(f"plans/<slug:code>/{kind}s/new", records.add, {"kind": kind}, name=f"add_{kind}")
        for kind in records.RECORDS
    ),
    *(
        path(
            f"plans/<slug:code>/{kind}s/<str:record_code>/revise",
            records.revise,
            {"kind": kind},
            name=f"revise_{kind}",
        )
        for kind in records.RECORDS
    ),
    path(
        "plans/<slug:code>/indicators/<str:indicator_code>/targets/new",
        records.add_target,
        name="add_target",
    ),
    path("plans/<slug:code>/<slug:kind>/<str:work_code>/report", work.report_on, name="report_on"),
    path("plans/<slug:code>/<slug:kind>/<str:work_code>/duty", duties.take_on, name="duty"),
    path("plans/<slug:code>/<slug:kind>/<str:work_code>/duty/end", duties.end, name="end_duty"),
    path("plans/<slug:code>/projects/<str:work_code>/quantities", projects.quantities, name="quantities"),
    path("plans/<slug:code>/projects/<str:work_code>/money", projects.set_money, name="set_money"),
    path("plans/<slug:code>/projects/<str:work_code>/milestone", projects.milestone, name="milestone"),
    path("plans/<slug:code>/projects/<str:work_code>/rebaseline", projects.rebaseline, name="rebaseline"),
    path(
        "plans/<slug:code>/projects/<str:work_code>/rebaselinings/<int:proposal_id>/change",
        own_entries.change_rebaselining,
        name="change_rebaselining",
    ),
    path("review/", review.review, name="review"),
    path("review/<slug:kind>/<int:key>/<slug:decision>", review.decide, name="decide"),
    path("departments/mine/", departments.my_department, name="my_department"),
    path("departments/<int:department_id>/", departments.department, name="department"),
    path("catalogue/", catalogue.catalogue, name="catalogue"),
    path("catalogue/new", catalogue.add, name="add_catalogue"),
    path("catalogue/<str:code>/", catalogue.entry, name="catalogue_entry"),
    path("catalogue/<str:code>/revise", catalogue.revise, name="revise_catalogue"),
]
