import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_initial"),
        ("plans", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="GrantBid",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "草拟中"),
                            ("submitted", "已申报"),
                            ("shortlisted", "已入围"),
                            ("granted", "已下达"),
                            ("refused", "未获批"),
                            ("closed", "已办结"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("call", models.CharField(max_length=200, verbose_name="专项资金名称")),
                (
                    "level",
                    models.CharField(
                        choices=[("central", "中央"), ("provincial", "省级"), ("city", "市级")],
                        max_length=16,
                        verbose_name="层级",
                    ),
                ),
                ("call_number", models.CharField(blank=True, max_length=80, verbose_name="申报通知文号")),
                ("deadline_on", models.DateField(verbose_name="申报截止")),
                ("year", models.PositiveSmallIntegerField(verbose_name="资金年度")),
                ("purposes", models.TextField(blank=True, verbose_name="允许用途")),
                (
                    "granted_yuan",
                    models.BigIntegerField(blank=True, null=True, verbose_name="下达金额（元）"),
                ),
                ("granted_on", models.DateField(blank=True, null=True, verbose_name="下达日期")),
                ("grant_number", models.CharField(blank=True, max_length=80, verbose_name="下达文号")),
                ("closes_on", models.DateField(blank=True, null=True, verbose_name="支付截止")),
                ("created_at", models.DateTimeField(verbose_name="拟定时间")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="拟定人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.department",
                        verbose_name="申报单位",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.district",
                        verbose_name="辖区",
                    ),
                ),
            ],
            options={
                "verbose_name": "专项资金申报",
                "ordering": ("code",),
                "indexes": [
                    models.Index(fields=["district", "state", "deadline_on"], name="funds_bid_of_district")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "submitted",
                                    "shortlisted",
                                    "granted",
                                    "refused",
                                    "closed",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="funds_bid_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["central", "provincial", "city"])),
                        name="funds_bid_level_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("grant_number", ""),
                                ("granted_on__isnull", True),
                                ("granted_yuan__isnull", True),
                            ),
                            models.Q(
                                ("granted_on__isnull", False),
                                ("granted_yuan__gt", 0),
                                models.Q(("grant_number", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="funds_bid_granted_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on__isnull", True),
                            ("closes_on__gte", models.F("granted_on")),
                            _connector="OR",
                        ),
                        name="funds_bid_closes_after_grant",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BidStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("move", models.CharField(max_length=16, verbose_name="操作")),
                ("before", models.CharField(max_length=16, verbose_name="之前")),
                ("after", models.CharField(max_length=16, verbose_name="之后")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="funds.grantbid",
                        verbose_name="申报",
                    ),
                ),
            ],
            options={
                "verbose_name": "申报办理过程",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="MoneyEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("receipt", "到位"), ("payment", "支付")], max_length=8, verbose_name="类别"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="资金年度")),
                ("funds", models.CharField(max_length=60, verbose_name="资金来源")),
                ("on", models.DateField(verbose_name="日期")),
                ("amount_yuan", models.BigIntegerField(verbose_name="金额（元）")),
                ("voucher", models.CharField(blank=True, max_length=60, verbose_name="凭证号")),
                ("purpose", models.CharField(blank=True, max_length=200, verbose_name="用途")),
                ("carried", models.BooleanField(default=False, verbose_name="结转")),
                ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "bid",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="funds.grantbid",
                        verbose_name="专项资金",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.project",
                        verbose_name="项目",
                    ),
                ),
                (
                    "reverses",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="funds.moneyentry",
                        verbose_name="冲销",
                    ),
                ),
            ],
            options={
                "verbose_name": "资金流水",
                "ordering": ("on", "pk"),
                "indexes": [
                    models.Index(fields=["project", "year", "funds", "kind"], name="funds_entry_of_line"),
                    models.Index(fields=["on", "kind"], name="funds_entry_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["receipt", "payment"])),
                        name="funds_entry_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("amount_yuan__gt", 0), ("reverses__isnull", True)),
                            models.Q(
                                ("amount_yuan__lt", 0),
                                ("reverses__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="funds_entry_reversed_with_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("carried", True), models.Q(("voucher", ""), _negated=True), _connector="OR"
                        ),
                        name="funds_entry_has_voucher",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RaisedWarning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=160, verbose_name="标识")),
                (
                    "rule",
                    models.CharField(
                        choices=[
                            ("paid_over_received", "支付超过到位"),
                            ("paid_ahead", "支付超前进度"),
                            ("idle", "资金闲置"),
                            ("late", "到位迟缓"),
                            ("bid_deadline", "申报将截止"),
                            ("earmark_project", "专款用于未列项目"),
                            ("earmark_purpose", "专款用途不符"),
                            ("earmark_closed", "专款逾期支付"),
                            ("earmark_over", "专款超额支付"),
                        ],
                        max_length=24,
                        verbose_name="类别",
                    ),
                ),
                ("says", models.CharField(max_length=500, verbose_name="情况")),
                ("first_on", models.DateField(verbose_name="首次发现")),
                ("cleared_on", models.DateField(blank=True, null=True, verbose_name="消除日期")),
                ("task_code", models.CharField(blank=True, max_length=40, verbose_name="督办任务")),
                (
                    "bid",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="warnings",
                        to="funds.grantbid",
                        verbose_name="专项资金",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.district",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="plans.project",
                        verbose_name="项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "资金预警",
                "ordering": ("-first_on", "key"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "rule__in",
                                [
                                    "paid_over_received",
                                    "paid_ahead",
                                    "idle",
                                    "late",
                                    "bid_deadline",
                                    "earmark_project",
                                    "earmark_purpose",
                                    "earmark_closed",
                                    "earmark_over",
                                ],
                            )
                        ),
                        name="funds_warning_rule_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("cleared_on__isnull", True)),
                        fields=("key",),
                        name="funds_warning_once_open",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("project__isnull", False), ("bid__isnull", False), _connector="OR"
                        ),
                        name="funds_warning_of_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReserveEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "待审核"),
                            ("returned", "已退回"),
                            ("reviewed", "已评审"),
                            ("in_reserve", "已入库"),
                            ("taken", "已转入"),
                            ("done", "已完成"),
                            ("withdrawn", "已退出"),
                        ],
                        default="proposed",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("proposed_at", models.DateTimeField(verbose_name="申报时间")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.department",
                        verbose_name="申报单位",
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.district",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.project",
                        verbose_name="规划项目",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申报人",
                    ),
                ),
            ],
            options={
                "verbose_name": "储备项目",
                "ordering": ("code",),
                "indexes": [models.Index(fields=["district", "state"], name="funds_reserve_of_district")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "proposed",
                                    "returned",
                                    "reviewed",
                                    "in_reserve",
                                    "taken",
                                    "done",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="funds_reserve_state_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReadinessCheck",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "matter",
                    models.CharField(
                        choices=[
                            ("approval", "立项"),
                            ("feasibility", "可研"),
                            ("eia", "环评"),
                            ("land", "用地"),
                            ("design", "初步设计"),
                            ("money", "资金落实"),
                        ],
                        max_length=16,
                        verbose_name="事项",
                    ),
                ),
                ("done", models.BooleanField(verbose_name="已完成")),
                ("on", models.DateField(verbose_name="核查日期")),
                ("document_number", models.CharField(blank=True, max_length=80, verbose_name="批复文号")),
                ("note", models.CharField(blank=True, max_length=300, verbose_name="说明")),
                ("at", models.DateTimeField(verbose_name="登记时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="checks",
                        to="funds.reserveentry",
                        verbose_name="储备项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "前期工作核查",
                "ordering": ("-on", "-pk"),
                "indexes": [models.Index(fields=["entry", "matter", "on"], name="funds_check_of_entry")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("matter__in", ["approval", "feasibility", "eia", "land", "design", "money"])
                        ),
                        name="funds_check_matter_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BidItem",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("asked_yuan", models.BigIntegerField(verbose_name="申请金额（元）")),
                (
                    "granted_yuan",
                    models.BigIntegerField(blank=True, null=True, verbose_name="分配金额（元）"),
                ),
                (
                    "project",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="plans.project",
                        verbose_name="规划项目",
                    ),
                ),
                (
                    "bid",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="items",
                        to="funds.grantbid",
                        verbose_name="申报",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bid_items",
                        to="funds.reserveentry",
                        verbose_name="储备项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "申报项目",
                "ordering": ("bid", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("entry__isnull", False), ("project__isnull", False), _connector="OR"
                        ),
                        name="funds_item_of_something",
                    ),
                    models.CheckConstraint(condition=models.Q(("asked_yuan__gt", 0)), name="funds_item_asks"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("granted_yuan__isnull", True), ("granted_yuan__gte", 0), _connector="OR"
                        ),
                        name="funds_item_grant_not_negative",
                    ),
                    models.UniqueConstraint(fields=("bid", "entry"), name="funds_item_entry_once"),
                    models.UniqueConstraint(fields=("bid", "project"), name="funds_item_project_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReserveStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("move", models.CharField(max_length=16, verbose_name="操作")),
                ("before", models.CharField(max_length=16, verbose_name="之前")),
                ("after", models.CharField(max_length=16, verbose_name="之后")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="办理人",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="funds.reserveentry",
                        verbose_name="储备项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "储备办理过程",
                "ordering": ("pk",),
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="ReserveVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(default=1, verbose_name="版本号")),
                ("valid_from", models.DateField(verbose_name="生效日期")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="失效日期")),
                ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="变更理由")),
                ("name", models.CharField(max_length=200, verbose_name="项目名称")),
                ("content", models.TextField(verbose_name="建设内容")),
                ("field", models.CharField(blank=True, max_length=60, verbose_name="领域")),
                ("estimated_yuan", models.BigIntegerField(verbose_name="估算投资（元）")),
                (
                    "wanted_sources",
                    models.CharField(blank=True, max_length=200, verbose_name="拟争取资金来源"),
                ),
                (
                    "priority",
                    models.CharField(
                        choices=[("first", "优先"), ("usual", "一般"), ("later", "远期")],
                        default="usual",
                        max_length=8,
                        verbose_name="优先级",
                    ),
                ),
                (
                    "recorded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="登记人",
                    ),
                ),
                (
                    "subject",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="versions",
                        to="funds.reserveentry",
                        verbose_name="储备项目",
                    ),
                ),
            ],
            options={
                "verbose_name": "储备项目版本",
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "number"), name="funds_reserve_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("subject",),
                        name="funds_reserve_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="funds_reserve_span_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("priority__in", ["first", "usual", "later"])),
                        name="funds_reserve_priority_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("estimated_yuan__gte", 0)), name="funds_reserve_not_negative"
                    ),
                ],
            },
        ),
    ]
