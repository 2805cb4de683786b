"""Which news reaches whom: every connection of events to consumers, in one list.

A line here is the only way one room's news comes to another. The consumer's name is written into
the outbox, so it stays even when the function behind it moves.
"""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from qingshan.annual import public as annual
from qingshan.assessment import public as assessment
from qingshan.disclosure import public as disclosure
from qingshan.dispatch import public as dispatch
from qingshan.documents.public import register_owner_policy
from qingshan.funds import public as funds
from qingshan.intake import public as intake
from qingshan.jobs.public import JobEnded, Subscription, subscribe
from qingshan.levels import public as levels
from qingshan.messages import public as messages
from qingshan.pages.public import register_waiting
from qingshan.papers import public as papers
from qingshan.plans import public as plans
from qingshan.portal.neighbours import neighbours
from qingshan.succession import public as succession
from qingshan.tasks import public as tasks
from qingshan.workflow.public import DeadlineNear, DeadlinePassed, DeskHandedOver, register_subjects

SUBSCRIPTIONS: tuple[Subscription, ...] = (
    Subscription(annual.AnnualMoved, "annual.tell_annual_moved", annual.tell_annual_moved),
    Subscription(annual.RowAnswered, "annual.tell_row_answered", annual.tell_row_answered),
    Subscription(annual.RowAsked, "annual.tell_row_asked", annual.tell_row_asked),
    Subscription(funds.BidMoved, "funds.tell_bid_moved", funds.tell_bid_moved),
    Subscription(funds.ReserveMoved, "funds.tell_reserve_moved", funds.tell_reserve_moved),
    Subscription(funds.WarningRaised, "funds.tell_warning_raised", funds.tell_warning_raised),
    Subscription(
        assessment.AppealAnswered, "assessment.tell_appeal_answered", assessment.tell_appeal_answered
    ),
    Subscription(assessment.AppealMade, "assessment.tell_appeal_made", assessment.tell_appeal_made),
    Subscription(
        assessment.EvaluationPublished,
        "assessment.tell_evaluation_published",
        assessment.tell_evaluation_published,
    ),
    Subscription(
        assessment.EvaluatorNamed, "assessment.tell_evaluator_named", assessment.tell_evaluator_named
    ),
    Subscription(tasks.TaskMoved, "disclosure.follow_task", disclosure.follow_task),
    Subscription(
        disclosure.FeedbackReceived, "disclosure.make_task_of_feedback", disclosure.make_task_of_feedback
    ),
    Subscription(disclosure.EditionMoved, "disclosure.tell_edition_moved", disclosure.tell_edition_moved),
    Subscription(disclosure.FeedbackMoved, "disclosure.tell_feedback_moved", disclosure.tell_feedback_moved),
    Subscription(
        dispatch.FalseReportFound, "dispatch.tell_false_report_found", dispatch.tell_false_report_found
    ),
    Subscription(dispatch.PartPressed, "dispatch.tell_part_pressed", dispatch.tell_part_pressed),
    Subscription(dispatch.PartReported, "dispatch.tell_part_reported", dispatch.tell_part_reported),
    Subscription(dispatch.RoundClosed, "dispatch.tell_round_closed", dispatch.tell_round_closed),
    Subscription(dispatch.RoundOpened, "dispatch.tell_round_opened", dispatch.tell_round_opened),
    Subscription(dispatch.RoundReopened, "dispatch.tell_round_reopened", dispatch.tell_round_reopened),
    Subscription(dispatch.RowSentBack, "dispatch.tell_row_sent_back", dispatch.tell_row_sent_back),
    Subscription(intake.FindingsEntered, "intake.check_after_entering", intake.check_after_entering),
    Subscription(intake.FindingsEntered, "intake.tell_findings_entered", intake.tell_findings_entered),
    Subscription(plans.TargetAssigned, "intake.check_after_assignment", intake.check_after_assignment),
    Subscription(plans.TargetRevised, "intake.check_after_revision", intake.check_after_revision),
    Subscription(DeadlinePassed, "levels.tell_call_late", levels.tell_call_late),
    Subscription(levels.CallMade, "levels.tell_call_made", levels.tell_call_made),
    Subscription(DeadlineNear, "levels.tell_call_near", levels.tell_call_near),
    Subscription(levels.CallUrged, "levels.tell_call_urged", levels.tell_call_urged),
    Subscription(levels.SubmissionMoved, "levels.tell_submission_moved", levels.tell_submission_moved),
    Subscription(JobEnded, "messages.tell_job_ended", messages.tell_job_ended),
    Subscription(DeadlineNear, "messages.tell_deadline_near", messages.tell_deadline_near),
    Subscription(DeadlinePassed, "messages.tell_deadline_passed", messages.tell_deadline_passed),
    Subscription(DeskHandedOver, "messages.tell_desk_handed_over", messages.tell_desk_handed_over),
    Subscription(papers.PaperIssued, "papers.tell_paper_issued", papers.tell_paper_issued),
    Subscription(papers.PaperMoved, "papers.tell_paper_moved", papers.tell_paper_moved),
    Subscription(papers.PaperReceived, "papers.tell_paper_received", papers.tell_paper_received),
    Subscription(DeadlineNear, "papers.tell_receipt_near", papers.tell_receipt_near),
    Subscription(DeadlinePassed, "papers.tell_receipt_late", papers.tell_receipt_late),
    Subscription(
        plans.NotEvaluableSentBack, "plans.tell_not_evaluable_sent_back", plans.tell_not_evaluable_sent_back
    ),
    Subscription(plans.ProgressSentBack, "plans.tell_progress_sent_back", plans.tell_progress_sent_back),
    Subscription(
        plans.AdjustmentSentBack, "plans.tell_adjustment_sent_back", plans.tell_adjustment_sent_back
    ),
    Subscription(
        plans.RebaseliningSentBack, "plans.tell_rebaselining_sent_back", plans.tell_rebaselining_sent_back
    ),
    Subscription(plans.TargetAssigned, "plans.tell_target_assigned", plans.tell_target_assigned),
    Subscription(plans.ValueApproved, "plans.tell_value_approved", plans.tell_value_approved),
    Subscription(plans.ValueSentBack, "plans.tell_value_sent_back", plans.tell_value_sent_back),
    Subscription(plans.ValueSubmitted, "plans.tell_value_submitted", plans.tell_value_submitted),
    Subscription(succession.OpeningMoved, "succession.tell_opening_moved", succession.tell_opening_moved),
    Subscription(
        tasks.SupervisionAnswered, "tasks.tell_supervision_answered", tasks.tell_supervision_answered
    ),
    Subscription(DeadlineNear, "tasks.tell_task_near", tasks.tell_task_near),
    Subscription(DeadlinePassed, "tasks.tell_task_late", tasks.tell_task_late),
    Subscription(tasks.TaskMoved, "tasks.tell_task_moved", tasks.tell_task_moved),
    Subscription(tasks.TaskSupervised, "tasks.tell_task_supervised", tasks.tell_task_supervised),
)


def _new_task(origin: papers.Origin) -> str:
    """The page on which a paper, or a leader's instruction on it, becomes a task."""
    source = tasks.TaskSource.INSTRUCTION if origin.instructed else tasks.TaskSource.LETTER
    words = {
        "about": origin.ref, "source": source, "title": origin.title, "content": origin.words,
        "source_by": origin.by, "source_on": origin.on.isoformat(),
    }  # fmt: skip
    return f"{reverse('tasks:new')}?{urlencode(words)}"


#: Rooms whose attachments follow the rights of their own records.
OWNERS = (plans, tasks, papers, funds, dispatch, assessment, levels, disclosure, intake)
#: Rooms that say what waits in them, in the order in which the inbox asks them.
TELLERS = {
    "papers": papers.waiting,
    "dispatch": dispatch.waiting,
    "annual": annual.waiting,
    "funds": funds.waiting,
    "assessment": assessment.waiting,
    "levels": levels.waiting,
    "succession": succession.waiting,
    "disclosure": disclosure.waiting,
}


def wire() -> None:
    """Fill every registry of the house; called once, when Django starts."""
    for one in SUBSCRIPTIONS:
        subscribe(one.event, one.handle, consumer=one.consumer)
    for room in OWNERS:
        for family in room.FAMILIES:
            register_owner_policy(family, may_see=room.may_see_ref, may_change=room.may_change_ref)
    for room_name, teller in TELLERS.items():
        register_waiting(room_name, teller)
    _say_subjects()
    _say_figures()
    plans.register_neighbours(neighbours)
    plans.register_origin("dispatch", dispatch.origin_of_report)
    plans.register_lock("levels", levels.locked_until)
    plans.register_keeper("funds", funds.keeps_line)
    tasks.register_links("annual", annual.links_of_task)
    papers.register_follow_up(papers.FollowUp(_("转为任务"), "tasks.assign", _new_task))


def _say_subjects() -> None:
    """What records of each room are called where they are assigned or linked."""
    for family in plans.ASSIGNABLE:
        register_subjects(family, plans.subjects_of)
    register_subjects("tasks.task", tasks.subjects_of)
    register_subjects("papers.paper", papers.papers_of)
    register_subjects("papers.instruction", papers.instructions_of)
    register_subjects("funds.warning", funds.subjects_of)


def _say_figures() -> None:
    """Where a draft looks up whether a figure it prints has changed since, and where drafters pick them."""
    for family in ("plans.value", "plans.target"):
        papers.register_figures(family, plans.figure_now, begin=plans.figures_now, may_open=plans.may_see_ref)
    papers.register_figures("tasks.task", tasks.figure_of, may_open=tasks.may_see_ref)
    papers.register_figures("dispatch.closing", dispatch.figure_now, may_open=dispatch.may_open_closing)
    papers.register_figures("assessment.evaluation", assessment.figure_now, may_open=assessment.may_see_ref)
    papers.register_shelf(
        "plans", papers.Shelf(plans.FIGURE_KEYS, plans.figures_to_print, plans.figure_to_print)
    )
