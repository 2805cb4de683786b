"""What the worker does for the installation as a whole: sign and check the audit, back up, tidy."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from qingshan.accounts.public import tidy
from qingshan.audit import public as audit
from qingshan.jobs.public import GiveUp, Progress, job_kind, schedule
from qingshan.kernel.spans import beijing_day
from qingshan.pages.public import tidy as tidy_pages
from qingshan.portal.backup.errors import AlreadyRunning, DamagedDatabase
from qingshan.portal.backup.making import make_backup, prune
from qingshan.portal.backup.passwords import read_password
from qingshan.portal.statistics import refresh_statistics

BACKUPS_KEPT = 14


@job_kind("portal.sign_audit", title=_l("签署审计日首"))
def sign_audit(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Sign where the audit chain ended yesterday."""
    at = now()
    audit.seal()
    head = audit.sign_head(day=beijing_day(at) - timedelta(days=1), at=at)
    return {} if head is None else {"head": head.number, "seq": head.seq, "key": head.key_id}


@job_kind("portal.verify_audit", title=_l("校验审计链"), attempts=1, patience=timedelta(hours=6))
def verify_audit(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Check the whole chain; a chain that is not sound makes the job fail, with what was found.

    Raises
    ------
    GiveUp
        The chain is not sound.
    """
    report = audit.verify()
    if not report.is_sound:
        raise GiveUp(_("审计链不完整：") + "；".join(finding.text for finding in report.findings))
    return {"records": report.records, "heads": report.heads, "tips": report.tips}


@job_kind("portal.backup", title=_l("备份"), attempts=2, patience=timedelta(hours=6))
def back_up(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Make the nightly backup and keep the newest.

    Raises
    ------
    GiveUp
        The database is damaged, another backup is under way, or attachments are missing: trying
        again would not help, and somebody must look.
    """
    password = read_password(settings.BACKUP_PASSWORD_FILE or None)
    try:
        made = make_backup(to=Path(settings.BACKUPS), at=now(), password=password)
    except (AlreadyRunning, DamagedDatabase) as problem:
        raise GiveUp(str(problem)) from problem
    prune(Path(settings.BACKUPS), keep=BACKUPS_KEPT)
    if made.problems:
        raise GiveUp("；".join(made.problems[:20]))
    return {"file": made.path.name, "attachments": len(made.manifest.database.named_files)}


@job_kind("portal.tidy", title=_l("清理过期会话和登录尝试"))
def tidy_up(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Drop ended sessions, attempts to log in older than thirty days, uploads nobody said yes to."""
    at = now()
    done = tidy(at=at)
    return {"attempts": done.attempts, "sessions": done.sessions, "forms": tidy_pages(at=at)}


@job_kind("portal.statistics", title=_l("更新数据库统计"))
def look_at_tables(payload: Mapping[str, Any], progress: Progress) -> dict[str, Any]:
    """Let the database find its way through tables that have grown since yesterday."""
    refresh_statistics()
    return {}


schedule("portal.sign_audit", title=_l("每日签署审计日首"), kind="portal.sign_audit", when="5 0 * * *")
schedule("portal.verify_audit", title=_l("每日校验审计链"), kind="portal.verify_audit", when="30 1 * * *")
schedule("portal.backup", title=_l("每夜备份"), kind="portal.backup", when="30 2 * * *")
schedule("portal.tidy", title=_l("每日清理过期会话和登录尝试"), kind="portal.tidy", when="15 3 * * *")
schedule("portal.statistics", title=_l("每日更新数据库统计"), kind="portal.statistics", when="45 3 * * *")
