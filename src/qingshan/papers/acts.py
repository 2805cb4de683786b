"""What each audited action of this room is called (操作名称)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

__all__ = ["ACTS"]

ACTS = {
    "papers.archive": _("公文归档"),
    "papers.cosign": _("会签公文"),
    "papers.cosigned": _("公文会签完毕"),
    "papers.draft": _("起草公文"),
    "papers.instruct": _("批示公文"),
    "papers.issue": _("签发公文"),
    "papers.number": _("编发文字号"),
    "papers.pass_to_cosign": _("核稿通过，送会签"),
    "papers.pass_to_issue": _("核稿通过，送签发"),
    "papers.receive": _("签收公文"),
    "papers.register_organ": _("登记发文机关"),
    "papers.save_text": _("修改公文稿"),
    "papers.send_back": _("退回公文"),
    "papers.set_parties": _("调整公文主送、抄送、会签单位"),
    "papers.submit": _("公文送核稿"),
    "papers.withdraw": _("撤销公文"),
}
