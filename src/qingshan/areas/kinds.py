"""What kinds of districts, departments and successions there are."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DistrictKind(models.TextChoices):
    """Whether a district has a national division code (行政区划 or 功能区)."""

    DIVISION = "division", _("行政区划")
    FUNCTIONAL = "functional", _("功能区")


class DepartmentKind(models.TextChoices):
    """What kind of body a department is (单位性质)."""

    GOVERNMENT = "government", _("人民政府")
    BUREAU = "bureau", _("政府部门")
    TOWNSHIP = "township", _("镇街")
    COMMITTEE = "committee", _("功能区管委会")
    PARTY = "party", _("党群机关")
    JUSTICE = "justice", _("司法机关")
    INSTITUTION = "institution", _("事业单位")
    SECTION = "section", _("内设机构")
    ENTERPRISE = "enterprise", _("企业")
    OTHER = "other", _("其他")


class SuccessionKind(models.TextChoices):
    """How one body came to follow another (承接方式)."""

    MERGED = "merged", _("合并")
    SPLIT = "split", _("分设")
    DISSOLVED = "dissolved", _("撤销")
