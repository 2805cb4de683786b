import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('areas', '0001_initial'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Evaluation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('yearly', '年度评估'), ('mid_term', '中期评估'), ('final', '终期评估')], max_length=12, verbose_name='评估类型')),
                ('year', models.PositiveSmallIntegerField(verbose_name='评估年度')),
                ('on', models.DateField(verbose_name='数据截至')),
                ('scheme_code', models.CharField(max_length=60, verbose_name='方案编号')),
                ('scheme_name', models.CharField(max_length=120, verbose_name='评估方案')),
                ('scheme_text', models.TextField(verbose_name='方案全文')),
                ('scheme_sha256', models.CharField(max_length=64, verbose_name='方案 SHA-256')),
                ('evaluator_kind', models.CharField(choices=[('own', '自行评估'), ('third_party', '第三方评估')], default='own', max_length=12, verbose_name='评估主体')),
                ('evaluator_name', models.CharField(max_length=120, verbose_name='评估单位')),
                ('zone', models.CharField(blank=True, max_length=60, verbose_name='功能区')),
                ('zones', models.JSONField(blank=True, default=dict, verbose_name='各单位功能区')),
                ('narrative', models.TextField(blank=True, verbose_name='总体评价')),
                ('problems', models.TextField(blank=True, verbose_name='存在问题')),
                ('lessons', models.TextField(blank=True, verbose_name='经验和教训')),
                ('state', models.CharField(choices=[('drafting', '评估中'), ('preview', '试算'), ('frozen', '已锁定'), ('published', '已公布'), ('closed', '已办结'), ('cancelled', '已取消')], default='drafting', max_length=12, verbose_name='状态')),
                ('appeal_until', models.DateField(blank=True, null=True, verbose_name='申诉截止')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='公布日期')),
                ('paper_ref', models.CharField(blank=True, max_length=120, verbose_name='评估报告')),
                ('created_at', models.DateTimeField(verbose_name='建立时间')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='组织人')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan', verbose_name='规划')),
            ],
            options={
                'verbose_name': '规划实施评估',
                'ordering': ('-year', '-on', '-pk'),
                'indexes': [models.Index(fields=['plan', 'state'], name='assessment_evaluation_of_plan')],
                'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['yearly', 'mid_term', 'final'])), name='assessment_evaluation_purpose_known'), models.CheckConstraint(condition=models.Q(('state__in', ['drafting', 'preview', 'frozen', 'published', 'closed', 'cancelled'])), name='assessment_evaluation_state_known'), models.CheckConstraint(condition=models.Q(('evaluator_kind__in', ['own', 'third_party'])), name='assessment_evaluation_evaluator_kind_known'), models.UniqueConstraint(condition=models.Q(('state__in', ['published', 'closed'])), fields=('plan', 'purpose', 'year'), name='assessment_published_once')],
            },
        ),
        migrations.CreateModel(
            name='ConductFact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40, verbose_name='事项')),
                ('count', models.PositiveSmallIntegerField(default=1, verbose_name='次数')),
                ('evidence', models.CharField(max_length=300, verbose_name='依据')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.department', verbose_name='单位')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤回人')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='facts', to='assessment.evaluation', verbose_name='评估')),
            ],
            options={
                'verbose_name': '加减分事项',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='assessment_fact_counts'), models.CheckConstraint(condition=models.Q(('evidence', ''), _negated=True), name='assessment_fact_has_evidence')],
            },
        ),
        migrations.CreateModel(
            name='Appeal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(blank=True, choices=[('indicators', '指标'), ('measures', '措施'), ('projects', '重点项目')], max_length=12, verbose_name='清单')),
                ('code', models.CharField(max_length=60, verbose_name='行编号')),
                ('reason', models.TextField(verbose_name='申诉理由')),
                ('state', models.CharField(choices=[('made', '待复核'), ('upheld', '采纳'), ('rejected', '未采纳')], default='made', max_length=12, verbose_name='状态')),
                ('at', models.DateTimeField(verbose_name='申诉时间')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='复核意见')),
                ('correction', models.JSONField(blank=True, default=dict, verbose_name='更正')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='复核时间')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='复核人')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申诉人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.department', verbose_name='申诉单位')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='appeals', to='assessment.evaluation', verbose_name='评估')),
            ],
            options={
                'verbose_name': '申诉',
                'ordering': ('pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['made', 'upheld', 'rejected'])), name='assessment_appeal_state_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['', 'indicators', 'measures', 'projects'])), name='assessment_appeal_kind_known'), models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), models.Q(('answered_by', models.F('by')), _negated=True), _connector='OR'), name='assessment_appeal_second_person'), models.UniqueConstraint(condition=models.Q(('state', 'made')), fields=('evaluation', 'kind', 'code', 'department'), name='assessment_appeal_one_open')],
            },
        ),
        migrations.CreateModel(
            name='EvaluationMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=16, verbose_name='操作')),
                ('before', models.CharField(choices=[('drafting', '评估中'), ('preview', '试算'), ('frozen', '已锁定'), ('published', '已公布'), ('closed', '已办结'), ('cancelled', '已取消')], max_length=12, verbose_name='之前')),
                ('after', models.CharField(choices=[('drafting', '评估中'), ('preview', '试算'), ('frozen', '已锁定'), ('published', '已公布'), ('closed', '已办结'), ('cancelled', '已取消')], max_length=12, verbose_name='之后')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='assessment.evaluation', verbose_name='评估')),
            ],
            options={
                'verbose_name': '办理过程',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Evaluator',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_at', models.DateTimeField(verbose_name='指定时间')),
                ('until_at', models.DateTimeField(blank=True, null=True, verbose_name='解除时间')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='evaluators', to='assessment.evaluation', verbose_name='评估')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='评估人员')),
            ],
            options={
                'verbose_name': '评估人员',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['user', 'evaluation'], name='assessment_evaluator_of')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('until_at__isnull', True)), fields=('evaluation', 'user'), name='assessment_evaluator_once')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('indicators', '指标'), ('measures', '措施'), ('projects', '重点项目')], max_length=12, verbose_name='清单')),
                ('code', models.CharField(max_length=60, verbose_name='行编号')),
                ('opinion', models.CharField(choices=[('confirmed', '属实'), ('doubted', '存疑')], max_length=12, verbose_name='核查意见')),
                ('reason', models.TextField(blank=True, verbose_name='理由')),
                ('checked', models.CharField(blank=True, max_length=40, verbose_name='核定数值')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='评估人员')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='assessment.evaluation', verbose_name='评估')),
            ],
            options={
                'verbose_name': '核查意见',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['evaluation', 'kind', 'code'], name='assessment_finding_of_row')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['indicators', 'measures', 'projects'])), name='assessment_finding_kind_known'), models.CheckConstraint(condition=models.Q(('opinion__in', ['confirmed', 'doubted'])), name='assessment_finding_opinion_known'), models.CheckConstraint(condition=models.Q(models.Q(('opinion', 'doubted'), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='assessment_doubt_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='OwnScheme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, unique=True, verbose_name='编号')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('text', models.TextField(verbose_name='全文')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('added_at', models.DateTimeField(verbose_name='登记时间')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='辖区')),
            ],
            options={
                'verbose_name': '评估方案',
                'ordering': ('code',),
            },
        ),
        migrations.CreateModel(
            name='Recommendation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=60, verbose_name='指标编号')),
                ('year', models.PositiveSmallIntegerField(verbose_name='目标年')),
                ('typed', models.JSONField(verbose_name='建议目标')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('proposal', models.CharField(blank=True, max_length=120, verbose_name='调整申请')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='建议人')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='recommendations', to='assessment.evaluation', verbose_name='评估')),
            ],
            options={
                'verbose_name': '目标调整建议',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'code', 'year'), name='assessment_recommendation_once'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='assessment_recommendation_has_reason')],
            },
        ),
        migrations.CreateModel(
            name='ScoreVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版本')),
                ('content', models.JSONField(verbose_name='内容')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('total', models.CharField(max_length=20, verbose_name='总分')),
                ('grade', models.CharField(blank=True, max_length=20, verbose_name='等级')),
                ('reason', models.CharField(max_length=500, verbose_name='事由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('appeal', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='assessment.appeal', verbose_name='申诉')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('evaluation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='assessment.evaluation', verbose_name='评估')),
            ],
            options={
                'verbose_name': '评分结果',
                'ordering': ('number',),
                'constraints': [models.UniqueConstraint(fields=('evaluation', 'number'), name='assessment_version_once')],
            },
        ),
    ]
