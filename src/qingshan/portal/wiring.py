"""Which news reaches whom: every connection of events to consumers, in one list.

A line here is the only way one room's news comes to another. The consumer's name is written into
the outbox, so it stays even when the function behind it moves.
"""

from __future__ import annotations

from qingshan.documents.public import register_owner_policy
from qingshan.intake import public as intake
from qingshan.jobs.public import JobEnded, Subscription, subscribe
from qingshan.messages import public as messages
from qingshan.papers import public as papers
from qingshan.plans import public as plans
from qingshan.tasks import public as tasks
from qingshan.workflow.public import DeadlineNear, DeadlinePassed, DeskHandedOver, register_subjects

SUBSCRIPTIONS: tuple[Subscription, ...] = (
    Subscription(intake.FindingsEntered, "intake.check_after_entering", intake.check_after_entering),
    Subscription(intake.FindingsEntered, "intake.tell_findings_entered", intake.tell_findings_entered),
    Subscription(plans.TargetAssigned, "intake.check_after_assignment", intake.check_after_assignment),
    Subscription(plans.TargetRevised, "intake.check_after_revision", intake.check_after_revision),
    Subscription(JobEnded, "messages.tell_job_ended", messages.tell_job_ended),
    Subscription(DeadlineNear, "messages.tell_deadline_near", messages.tell_deadline_near),
    Subscription(DeadlinePassed, "messages.tell_deadline_passed", messages.tell_deadline_passed),
    Subscription(DeskHandedOver, "messages.tell_desk_handed_over", messages.tell_desk_handed_over),
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
    Subscription(
        tasks.SupervisionAnswered, "tasks.tell_supervision_answered", tasks.tell_supervision_answered
    ),
    Subscription(DeadlineNear, "tasks.tell_task_near", tasks.tell_task_near),
    Subscription(DeadlinePassed, "tasks.tell_task_late", tasks.tell_task_late),
    Subscription(tasks.TaskMoved, "tasks.tell_task_moved", tasks.tell_task_moved),
    Subscription(tasks.TaskSupervised, "tasks.tell_task_supervised", tasks.tell_task_supervised),
)


def wire() -> None:
    """Connect all consumers and tell whose rights attachments follow; called once, when Django starts."""
    for one in SUBSCRIPTIONS:
        subscribe(one.event, one.handle, consumer=one.consumer)
    for family in plans.FAMILIES:
        register_owner_policy(family, may_see=plans.may_see_ref, may_change=plans.may_change_ref)
    for family in plans.ASSIGNABLE:
        register_subjects(family, plans.subjects_of)
    register_subjects("tasks.task", tasks.subjects_of)
    for family in tasks.FAMILIES:
        register_owner_policy(family, may_see=tasks.may_see_ref, may_change=tasks.may_change_ref)
    for family in papers.FAMILIES:
        register_owner_policy(family, may_see=papers.may_see_ref, may_change=papers.may_change_ref)
    for family in intake.FAMILIES:
        register_owner_policy(family, may_see=intake.may_see_ref, may_change=intake.may_change_ref)
