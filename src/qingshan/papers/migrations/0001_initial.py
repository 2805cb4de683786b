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
            name="Organ",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=120, verbose_name="发文机关")),
                ("sign", models.CharField(max_length=60, verbose_name="发文机关标志")),
                ("word", models.CharField(max_length=12, unique=True, verbose_name="机关代字")),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.department",
                        verbose_name="单位",
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
                "verbose_name": "发文机关",
                "constraints": [
                    models.UniqueConstraint(fields=("department",), name="papers_organ_of_department"),
                    models.UniqueConstraint(
                        condition=models.Q(("department__isnull", True)),
                        fields=("district",),
                        name="papers_organ_of_district",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NumberSeries",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=16, verbose_name="代字")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("last", models.PositiveIntegerField(default=0, verbose_name="最后序号")),
                (
                    "organ",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="papers.organ",
                        verbose_name="发文机关",
                    ),
                ),
            ],
            options={
                "verbose_name": "发文顺序号",
                "constraints": [models.UniqueConstraint(fields=("word", "year"), name="papers_series_once")],
            },
        ),
        migrations.CreateModel(
            name="Paper",
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
                        choices=[
                            ("notice", "通知"),
                            ("slip", "督办单"),
                            ("bulletin", "通报"),
                            ("report", "评估报告"),
                            ("letter", "函"),
                            ("agenda", "会议议程"),
                        ],
                        max_length=16,
                        verbose_name="文种",
                    ),
                ),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "起草中"),
                            ("checking", "核稿中"),
                            ("cosigning", "会签中"),
                            ("to_issue", "待签发"),
                            ("issued", "已印发"),
                            ("archived", "已归档"),
                            ("withdrawn", "已撤销"),
                        ],
                        default="drafting",
                        max_length=16,
                        verbose_name="状态",
                    ),
                ),
                ("about", models.CharField(blank=True, max_length=120, verbose_name="有关记录")),
                ("simulated", models.BooleanField(default=False, verbose_name="模拟")),
                ("receipt_due_on", models.DateField(blank=True, null=True, verbose_name="签收期限")),
                ("created_at", models.DateTimeField(verbose_name="起草时间")),
                (
                    "created_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="起草人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.department",
                        verbose_name="发文单位",
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
                "verbose_name": "公文",
                "ordering": ("-pk",),
                "indexes": [
                    models.Index(fields=["district", "state"], name="papers_paper_of_district"),
                    models.Index(fields=["about"], name="papers_paper_about"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "drafting",
                                    "checking",
                                    "cosigning",
                                    "to_issue",
                                    "issued",
                                    "archived",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="papers_paper_state_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["notice", "slip", "bulletin", "report", "letter", "agenda"])
                        ),
                        name="papers_paper_kind_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Opinion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_number", models.PositiveIntegerField(verbose_name="稿次")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "待会签"),
                            ("agreed", "同意"),
                            ("objected", "不同意"),
                            ("lapsed", "已终止"),
                        ],
                        default="asked",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("words", models.CharField(blank=True, max_length=500, verbose_name="意见")),
                ("asked_at", models.DateTimeField(verbose_name="送会签时间")),
                ("at", models.DateTimeField(blank=True, null=True, verbose_name="会签时间")),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="会签人",
                    ),
                ),
                (
                    "department",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="areas.department",
                        verbose_name="会签单位",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="opinions",
                        to="papers.paper",
                        verbose_name="公文",
                    ),
                ),
            ],
            options={
                "verbose_name": "会签意见",
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["asked", "agreed", "objected", "lapsed"])),
                        name="papers_opinion_state_known",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "asked")),
                        fields=("paper", "department"),
                        name="papers_opinion_one_open",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Issue",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("word", models.CharField(max_length=16, verbose_name="代字")),
                ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                ("number", models.PositiveIntegerField(verbose_name="序号")),
                ("text_number", models.PositiveIntegerField(verbose_name="稿次")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("sign", models.CharField(max_length=60, verbose_name="发文机关标志")),
                ("organ", models.CharField(max_length=120, verbose_name="发文机关")),
                ("recipients", models.JSONField(verbose_name="主送")),
                ("copies", models.JSONField(verbose_name="抄送")),
                ("body", models.JSONField(verbose_name="正文")),
                ("figures", models.JSONField(verbose_name="引用数值")),
                ("remark", models.CharField(blank=True, max_length=120, verbose_name="附注")),
                ("simulated", models.BooleanField(verbose_name="模拟")),
                ("issued_on", models.DateField(verbose_name="印发日期")),
                ("issued_at", models.DateTimeField(verbose_name="签发时间")),
                ("sha256", models.CharField(max_length=64, verbose_name="SHA-256")),
                (
                    "issued_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签发人",
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="issue",
                        to="papers.paper",
                        verbose_name="公文",
                    ),
                ),
            ],
            options={
                "verbose_name": "印发件",
                "ordering": ("-issued_on", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("word", "year", "number"), name="papers_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Instruction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=500, verbose_name="批示")),
                ("at", models.DateTimeField(verbose_name="批示时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="批示人",
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
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="instructions",
                        to="papers.paper",
                        verbose_name="公文",
                    ),
                ),
            ],
            options={
                "verbose_name": "批示",
                "ordering": ("-pk",),
            },
        ),
        migrations.CreateModel(
            name="PaperMove",
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
                            ("drafting", "起草中"),
                            ("checking", "核稿中"),
                            ("cosigning", "会签中"),
                            ("to_issue", "待签发"),
                            ("issued", "已印发"),
                            ("archived", "已归档"),
                            ("withdrawn", "已撤销"),
                        ],
                        max_length=16,
                        verbose_name="之前",
                    ),
                ),
                (
                    "after",
                    models.CharField(
                        choices=[
                            ("drafting", "起草中"),
                            ("checking", "核稿中"),
                            ("cosigning", "会签中"),
                            ("to_issue", "待签发"),
                            ("issued", "已印发"),
                            ("archived", "已归档"),
                            ("withdrawn", "已撤销"),
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
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="moves",
                        to="papers.paper",
                        verbose_name="公文",
                    ),
                ),
            ],
            options={
                "verbose_name": "办理过程",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="PaperParty",
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
                        choices=[("recipient", "主送"), ("copy", "抄送"), ("cosigner", "会签")],
                        max_length=12,
                        verbose_name="角色",
                    ),
                ),
                ("place", models.PositiveSmallIntegerField(default=0, verbose_name="次序")),
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
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="parties",
                        to="papers.paper",
                        verbose_name="公文",
                    ),
                ),
            ],
            options={
                "verbose_name": "公文单位",
                "ordering": ("place", "pk"),
                "indexes": [models.Index(fields=["department", "role"], name="papers_party_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("role__in", ["recipient", "copy", "cosigner"])),
                        name="papers_party_role_known",
                    ),
                    models.UniqueConstraint(fields=("paper", "department", "role"), name="papers_party_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="PaperText",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("number", models.PositiveIntegerField(verbose_name="稿次")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("body", models.JSONField(verbose_name="正文")),
                ("figures", models.JSONField(verbose_name="引用数值")),
                ("remark", models.CharField(blank=True, max_length=120, verbose_name="附注")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="修改说明")),
                ("saved_at", models.DateTimeField(verbose_name="修改时间")),
                (
                    "paper",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="texts",
                        to="papers.paper",
                        verbose_name="公文",
                    ),
                ),
                (
                    "saved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="修改人",
                    ),
                ),
            ],
            options={
                "verbose_name": "公文稿",
                "ordering": ("-number",),
                "constraints": [
                    models.UniqueConstraint(fields=("paper", "number"), name="papers_text_number_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="签收时间")),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="签收人",
                    ),
                ),
                (
                    "party",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="receipt",
                        to="papers.paperparty",
                        verbose_name="公文单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "签收",
            },
        ),
    ]
