import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "__first__"),
        ("areas", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Task",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=40, unique=True, verbose_name="编号")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("measure", "规划措施"),
                            ("project", "重点项目"),
                            ("commitment", "规划承诺"),
                            ("indicator", "规划指标"),
                            ("instruction", "领导批示"),
                            ("minutes", "会议纪要"),
                            ("letter", "来函"),
                            ("dispatch", "调度"),
                            ("feedback", "公众反映"),
                            ("other", "其他"),
                        ],
                        max_length=16,
                        verbose_name="来源",
                    ),
                ),
                ("source_ref", models.CharField(blank=True, max_length=120, verbose_name="来源记录")),
                ("source_title", models.CharField(blank=True, max_length=200, verbose_name="来源事项")),
                ("source_by", models.CharField(blank=True, max_length=120, verbose_name="来源单位或批示人")),
                ("source_on", models.DateField(blank=True, null=True, verbose_name="来源日期")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "拟定中"),
                            ("assigned", "待签收"),
                            ("change_asked", "申请变更中"),
                            ("under_way", "办理中"),
                            ("in_review", "待审核"),
                            ("closed", "已办结"),
                            ("cancelled", "已撤销"),
                        ],
                        default="draft",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("submitted_at", models.DateTimeField(blank=True, null=True, verbose_name="提交时间")),
                ("closed_on", models.DateField(blank=True, null=True, verbose_name="办结日期")),
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
                    "district",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.district",
                        verbose_name="辖区",
                    ),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="parts",
                        to="tasks.task",
                        verbose_name="上级任务",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="提交人",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务",
                "ordering": ("code",),
                "indexes": [
                    models.Index(fields=["district", "state"], name="tasks_task_of_district"),
                    models.Index(fields=["source_ref"], name="tasks_task_of_source"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "assigned",
                                    "change_asked",
                                    "under_way",
                                    "in_review",
                                    "closed",
                                    "cancelled",
                                ],
                            )
                        ),
                        name="tasks_task_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "source__in",
                                [
                                    "measure",
                                    "project",
                                    "commitment",
                                    "indicator",
                                    "instruction",
                                    "minutes",
                                    "letter",
                                    "dispatch",
                                    "feedback",
                                    "other",
                                ],
                            )
                        ),
                        name="tasks_task_source_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Supervision",
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
                        choices=[("urge", "催办"), ("slip", "督办"), ("listed", "挂牌督办")],
                        max_length=8,
                        verbose_name="方式",
                    ),
                ),
                ("note", models.CharField(max_length=500, verbose_name="要求")),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="期限")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "督办中"), ("answered", "已回复"), ("lifted", "已解除")],
                        default="open",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="督办时间")),
                ("answer", models.TextField(blank=True, verbose_name="回复")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="回复时间")),
                ("lifted_at", models.DateTimeField(blank=True, null=True, verbose_name="解除时间")),
                ("lift_reason", models.CharField(blank=True, max_length=500, verbose_name="解除理由")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="回复人",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="督办人",
                    ),
                ),
                (
                    "lifted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="解除人",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="supervisions",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "督办",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["urge", "slip", "listed"])),
                        name="tasks_supervision_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "answered", "lifted"])),
                        name="tasks_supervision_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("kind", "listed"), models.Q(("state", "lifted"), _negated=True)),
                        fields=("task",),
                        name="tasks_listed_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="申请延至")),
                ("content", models.TextField(blank=True, verbose_name="申请变更的内容")),
                ("reason", models.CharField(max_length=500, verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[("asked", "待答复"), ("granted", "同意"), ("refused", "不同意")],
                        default="asked",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="申请时间")),
                ("answered_at", models.DateTimeField(blank=True, null=True, verbose_name="答复时间")),
                ("answer", models.CharField(blank=True, max_length=500, verbose_name="答复意见")),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="答复人",
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="申请人",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="change_requests",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "变更申请",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "granted", "refused"])),
                        name="tasks_change_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")), fields=("task",), name="tasks_change_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("answered_by__isnull", True),
                            models.Q(("answered_by", models.F("asked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="tasks_change_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskMove",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("move", models.CharField(max_length=16, verbose_name="操作")),
                (
                    "before",
                    models.CharField(
                        choices=[
                            ("draft", "拟定中"),
                            ("assigned", "待签收"),
                            ("change_asked", "申请变更中"),
                            ("under_way", "办理中"),
                            ("in_review", "待审核"),
                            ("closed", "已办结"),
                            ("cancelled", "已撤销"),
                        ],
                        max_length=16,
                        verbose_name="之前",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("draft", "拟定中"),
                            ("assigned", "待签收"),
                            ("change_asked", "申请变更中"),
                            ("under_way", "办理中"),
                            ("in_review", "待审核"),
                            ("closed", "已办结"),
                            ("cancelled", "已撤销"),
                        ],
                        max_length=16,
                        verbose_name="之后",
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="意见")),
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
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理过程",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="TaskParty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[("lead", "牵头"), ("joint", "配合")], max_length=8, verbose_name="分工"
                    ),
                ),
                ("valid_from", models.DateField(verbose_name="起")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.department",
                        verbose_name="单位",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务单位",
                "ordering": ("-role", "pk"),
                "indexes": [models.Index(fields=["department", "task"], name="tasks_party_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["lead", "joint"])), name="tasks_party_role_known"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("task", "department"),
                        name="tasks_party_once",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("role", "lead"), ("valid_to__isnull", True)),
                        fields=("task",),
                        name="tasks_party_one_lead",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(verbose_name="截至日期")),
                (
                    "percent",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="进度（%）"),
                ),
                ("text", models.TextField(verbose_name="进展")),
                ("difficulties", models.TextField(blank=True, verbose_name="困难和建议")),
                ("at", models.DateTimeField(verbose_name="填报时间")),
                ("key", models.CharField(max_length=64, verbose_name="提交编号")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="填报人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.department",
                        verbose_name="填报单位",
                    ),
                ),
                (
                    "task",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reports",
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务进展",
                "ordering": ("-on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("by", "key"), name="tasks_report_once"),
                    models.CheckConstraint(
                        condition=models.Q(("percent__isnull", True), ("percent__lte", 100), _connector="OR"),
                        name="tasks_report_percent_in_range",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TaskVersion",
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
                ("title", models.CharField(max_length=200, verbose_name="任务名称")),
                ("content", models.TextField(blank=True, verbose_name="工作内容")),
                ("evidence_wanted", models.TextField(blank=True, verbose_name="应交证据")),
                (
                    "weight_hundredths",
                    models.PositiveIntegerField(default=100, verbose_name="权重（百分之一）"),
                ),
                ("starts_on", models.DateField(verbose_name="开始日期")),
                ("due_on", models.DateField(verbose_name="办结期限")),
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
                        to="tasks.task",
                        verbose_name="任务",
                    ),
                ),
            ],
            options={
                "verbose_name": "任务要求",
                "indexes": [models.Index(fields=["due_on", "subject"], name="tasks_version_by_due")],
                "constraints": [
                    models.UniqueConstraint(fields=("subject", "number"), name="tasks_task_number_once"),
                    models.UniqueConstraint(
                        condition=models.Q(("valid_to__isnull", True)),
                        fields=("subject",),
                        name="tasks_task_one_current",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__isnull", True),
                            ("valid_to__gte", models.F("valid_from")),
                            _connector="OR",
                        ),
                        name="tasks_task_span_in_order",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_on__gte", models.F("starts_on"))),
                        name="tasks_task_days_in_order",
                    ),
                ],
            },
        ),
    ]
