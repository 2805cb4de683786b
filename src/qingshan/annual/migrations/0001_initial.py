import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import qingshan.annual.models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('areas', '0001_initial'),
        ('plans', '0001_initial'),
        ('tasks', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='AnnualPlan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年度')),
                ('state', models.CharField(choices=[('drafting', '起草中'), ('negotiating', '征求单位意见'), ('to_publish', '待发布'), ('published', '已发布'), ('closed', '已结束'), ('withdrawn', '已撤回')], default='drafting', max_length=16, verbose_name='状态')),
                ('reply_by', models.DateField(blank=True, null=True, verbose_name='反馈期限')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='发布日期')),
                ('created_at', models.DateTimeField(verbose_name='起草时间')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='起草人')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='辖区')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan', verbose_name='规划')),
                ('published_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发布人')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='送审人')),
            ],
            options={
                'verbose_name': '年度计划',
                'ordering': ('-year', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['drafting', 'negotiating', 'to_publish', 'published', 'closed', 'withdrawn'])), name='annual_plan_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('plan', 'district', 'year'), name='annual_plan_once_a_year'), models.CheckConstraint(condition=models.Q(('published_by__isnull', True), ('submitted_by__isnull', True), models.Q(('published_by', models.F('submitted_by')), _negated=True), _connector='OR'), name='annual_plan_second_person')],
            },
        ),
        migrations.CreateModel(
            name='AnnualMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=16, verbose_name='操作')),
                ('before', models.CharField(choices=[('drafting', '起草中'), ('negotiating', '征求单位意见'), ('to_publish', '待发布'), ('published', '已发布'), ('closed', '已结束'), ('withdrawn', '已撤回')], max_length=16, verbose_name='之前')),
                ('after', models.CharField(choices=[('drafting', '起草中'), ('negotiating', '征求单位意见'), ('to_publish', '待发布'), ('published', '已发布'), ('closed', '已结束'), ('withdrawn', '已撤回')], max_length=16, verbose_name='之后')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('annual', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='annual.annualplan', verbose_name='年度计划')),
            ],
            options={
                'verbose_name': '年度计划办理过程',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='AnnualRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='序号')),
                ('kind', models.CharField(choices=[('target', '年度目标'), ('measure', '规划措施'), ('project', '重点项目'), ('commitment', '规划承诺')], max_length=12, verbose_name='类别')),
                ('source_ref', models.CharField(max_length=120, verbose_name='来源记录')),
                ('created_at', models.DateTimeField(verbose_name='登记时间')),
                ('annual', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='annual.annualplan', verbose_name='年度计划')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '年度计划事项',
                'ordering': ('annual', 'number'),
                'indexes': [models.Index(fields=['source_ref'], name='annual_row_of_source')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['target', 'measure', 'project', 'commitment'])), name='annual_row_kind_known'), models.UniqueConstraint(fields=('annual', 'number'), name='annual_row_number_once')],
            },
        ),
        migrations.CreateModel(
            name='Acceptance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(verbose_name='版本号')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.department', verbose_name='单位')),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='acceptances', to='annual.annualrow', verbose_name='事项')),
            ],
            options={
                'verbose_name': '单位同意',
                'ordering': ('pk',),
                'constraints': [models.UniqueConstraint(fields=('row', 'department', 'version'), name='annual_acceptance_once_a_version')],
            },
        ),
        migrations.CreateModel(
            name='AnnualRowVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=1, verbose_name='版本号')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='变更理由')),
                ('name', models.CharField(max_length=300, verbose_name='事项')),
                ('goal', models.TextField(verbose_name='年度目标')),
                ('value', models.CharField(blank=True, max_length=40, verbose_name='数值')),
                ('operator', models.CharField(blank=True, max_length=4, verbose_name='界限')),
                ('unit', models.CharField(blank=True, max_length=40, verbose_name='单位')),
                ('basis', models.CharField(choices=[('printed', '规划印定'), ('proposed', '测算建议值'), ('words', '按规划文字'), ('negotiated', '协商确定')], max_length=12, verbose_name='依据')),
                ('method', models.TextField(blank=True, verbose_name='测算说明')),
                ('joint', qingshan.annual.models.DepartmentsField(blank=True, default=list, verbose_name='配合单位')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='完成期限')),
                ('evidence_wanted', models.TextField(blank=True, verbose_name='应交证据')),
                ('weight_hundredths', models.PositiveIntegerField(default=100, verbose_name='权重（百分之一）')),
                ('quarterly', models.BooleanField(default=False, verbose_name='按季度分解')),
                ('included', models.BooleanField(default=True, verbose_name='列入计划')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.department', verbose_name='牵头单位')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='annual.annualrow', verbose_name='年度计划事项')),
            ],
            options={
                'verbose_name': '年度计划事项版本',
                'constraints': [models.UniqueConstraint(fields=('subject', 'number'), name='annual_row_version_number_once'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('subject',), name='annual_row_version_one_current'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='annual_row_version_span_in_order'), models.CheckConstraint(condition=models.Q(('basis__in', ['printed', 'proposed', 'words', 'negotiated'])), name='annual_row_basis_known'), models.CheckConstraint(condition=models.Q(('goal', ''), _negated=True), name='annual_row_has_goal')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版次')),
                ('on', models.DateField(verbose_name='自何日起')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('versions', models.JSONField(default=dict, verbose_name='各事项版本')),
                ('annual', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='annual.annualplan', verbose_name='年度计划')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='批准人')),
            ],
            options={
                'verbose_name': '年度计划版次',
                'ordering': ('annual', 'number'),
                'constraints': [models.UniqueConstraint(fields=('annual', 'number'), name='annual_edition_once')],
            },
        ),
        migrations.CreateModel(
            name='RowRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seen', models.PositiveIntegerField(verbose_name='依据版本号')),
                ('goal', models.TextField(blank=True, verbose_name='建议年度目标')),
                ('value', models.CharField(blank=True, max_length=40, verbose_name='建议数值')),
                ('due_on', models.DateField(blank=True, null=True, verbose_name='建议完成期限')),
                ('included', models.BooleanField(null=True, verbose_name='列入计划')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('state', models.CharField(choices=[('asked', '待答复'), ('granted', '同意'), ('refused', '不同意'), ('taken_back', '已收回')], default='asked', max_length=12, verbose_name='状态')),
                ('asked_at', models.DateTimeField(verbose_name='申请时间')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='答复意见')),
                ('gave', models.PositiveIntegerField(blank=True, null=True, verbose_name='形成版本号')),
                ('answered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='答复人')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='申请人')),
                ('department', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.department', verbose_name='单位')),
                ('lead', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.department', verbose_name='建议牵头单位')),
                ('row', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='requests', to='annual.annualrow', verbose_name='事项')),
            ],
            options={
                'verbose_name': '事项调整申请',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['asked', 'granted', 'refused', 'taken_back'])), name='annual_request_state_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='annual_request_has_reason'), models.UniqueConstraint(condition=models.Q(('department__isnull', False), ('state', 'asked')), fields=('row', 'department'), name='annual_request_one_open'), models.UniqueConstraint(condition=models.Q(('department__isnull', True), ('state', 'asked')), fields=('row',), name='annual_request_one_own'), models.CheckConstraint(condition=models.Q(('answered_by__isnull', True), ('state', 'taken_back'), models.Q(('answered_by', models.F('asked_by')), _negated=True), _connector='OR'), name='annual_request_second_person')],
            },
        ),
        migrations.CreateModel(
            name='RowTask',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('row', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='task_link', to='annual.annualrow', verbose_name='事项')),
                ('task', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.task', verbose_name='任务')),
            ],
            options={
                'verbose_name': '事项与任务',
            },
        ),
    ]
