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
            name='Intake',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('reading', '识读中'), ('reviewing', '审阅中'), ('entered', '已写入台账'), ('withdrawn', '已撤回')], default='reviewing', max_length=32, verbose_name='状态')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('media', models.CharField(max_length=10, verbose_name='文件类型')),
                ('sha256', models.CharField(max_length=64, verbose_name='文件 SHA-256')),
                ('text', models.TextField(verbose_name='全文')),
                ('outline', models.JSONField(default=list, verbose_name='目录')),
                ('found_head', models.JSONField(default=dict, verbose_name='识读的规划信息')),
                ('head', models.JSONField(default=dict, verbose_name='规划信息')),
                ('head_version', models.PositiveIntegerField(default=1, verbose_name='规划信息版本')),
                ('simulated', models.BooleanField(default=False, verbose_name='模拟')),
                ('started_at', models.DateTimeField(verbose_name='导入时间')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=500, verbose_name='撤回理由')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='规划范围')),
                ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan', verbose_name='规划')),
                ('previous', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='later', to='intake.intake', verbose_name='上一版导入')),
                ('started_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='导入人')),
            ],
            options={
                'verbose_name': '导入审阅',
                'ordering': ('-started_at', '-pk'),
                'indexes': [models.Index(fields=['district', '-started_at'], name='intake_of_district')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['reading', 'reviewing', 'entered', 'withdrawn'])), name='intake_intake_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Finding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('indicator', '指标'), ('project', '项目'), ('commitment', '承诺'), ('measure', '措施'), ('duty', '职责'), ('zoning', '准入规则'), ('missing', '缺失')], max_length=20, verbose_name='类别')),
                ('order', models.PositiveIntegerField(verbose_name='次序')),
                ('start', models.PositiveIntegerField(verbose_name='出处起')),
                ('end', models.PositiveIntegerField(verbose_name='出处止')),
                ('confidence', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='把握')),
                ('rule', models.CharField(blank=True, max_length=80, verbose_name='识读规则')),
                ('flags', models.JSONField(blank=True, default=list, verbose_name='提示')),
                ('found', models.JSONField(blank=True, null=True, verbose_name='识读结果')),
                ('facts', models.JSONField(default=dict, verbose_name='内容')),
                ('state', models.CharField(choices=[('open', '待定'), ('accepted', '已接受'), ('rejected', '不采纳'), ('replaced', '已被替换'), ('entered', '已入台账')], default='open', max_length=20, verbose_name='结论')),
                ('version', models.PositiveIntegerField(default=1, verbose_name='版本号')),
                ('entered_ref', models.CharField(blank=True, max_length=100, verbose_name='台账记录')),
                ('entered_code', models.CharField(blank=True, max_length=60, verbose_name='台账编号')),
                ('entered_at', models.DateTimeField(blank=True, null=True, verbose_name='写入时间')),
                ('made_from', models.ManyToManyField(blank=True, related_name='became', to='intake.finding')),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='findings', to='intake.intake', verbose_name='导入审阅')),
            ],
            options={
                'verbose_name': '发现',
                'ordering': ('intake', 'order', 'pk'),
                'indexes': [models.Index(fields=['intake', 'kind', 'state', 'order'], name='intake_finding_tab')],
                'constraints': [models.CheckConstraint(condition=models.Q(('end__gt', models.F('start'))), name='intake_finding_has_a_passage'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'accepted', 'rejected', 'replaced', 'entered'])), name='intake_finding_state_known'), models.CheckConstraint(condition=models.Q(('kind__in', ['indicator', 'project', 'commitment', 'measure', 'duty', 'zoning', 'missing'])), name='intake_finding_kind_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'entered'), _negated=True), ('entered_at__isnull', False), _connector='OR'), name='intake_finding_entered_when')],
            },
        ),
        migrations.CreateModel(
            name='Decision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='序号')),
                ('move', models.CharField(choices=[('accept', '接受'), ('accept_above', '以上其余全部接受'), ('edit', '修改'), ('reject', '不采纳'), ('reopen', '重新考虑'), ('split', '拆分'), ('merge', '合并'), ('add', '补录'), ('undo', '撤销'), ('enter', '写入台账')], max_length=20, verbose_name='操作')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审阅人')),
                ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='intake.decision', verbose_name='撤销')),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decisions', to='intake.intake', verbose_name='导入审阅')),
            ],
            options={
                'verbose_name': '审阅记录',
                'ordering': ('intake', 'number'),
                'indexes': [models.Index(fields=['intake', 'by', 'number'], name='intake_decisions_of')],
                'constraints': [models.UniqueConstraint(fields=('intake', 'number'), name='intake_decision_number_once'), models.CheckConstraint(condition=models.Q(('move__in', ['accept', 'accept_above', 'edit', 'reject', 'reopen', 'split', 'merge', 'add', 'undo', 'enter'])), name='intake_decision_move_known')],
            },
        ),
        migrations.CreateModel(
            name='Conflict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('scope', models.CharField(choices=[('within', '文内'), ('upper', '与上级规划'), ('lower', '与下级规划'), ('previous', '与上期规划'), ('next', '与下期规划')], max_length=20, verbose_name='范围')),
                ('key', models.CharField(max_length=64, verbose_name='标识')),
                ('values_key', models.CharField(max_length=64, verbose_name='数值标识')),
                ('type', models.CharField(max_length=60, verbose_name='类型')),
                ('rule', models.CharField(max_length=60, verbose_name='规则')),
                ('severity', models.CharField(max_length=10, verbose_name='轻重')),
                ('what', models.TextField(verbose_name='说明')),
                ('a_start', models.PositiveIntegerField(verbose_name='出处起')),
                ('a_end', models.PositiveIntegerField(verbose_name='出处止')),
                ('b_start', models.PositiveIntegerField(blank=True, null=True, verbose_name='另一出处起')),
                ('b_end', models.PositiveIntegerField(blank=True, null=True, verbose_name='另一出处止')),
                ('other_ref', models.CharField(blank=True, max_length=100, verbose_name='另一规划的记录')),
                ('other_words', models.CharField(blank=True, max_length=300, verbose_name='另一规划所载')),
                ('confidence', models.DecimalField(blank=True, decimal_places=2, max_digits=4, null=True, verbose_name='把握')),
                ('state', models.CharField(choices=[('open', '待处理'), ('settled', '已处理'), ('gone', '已消除')], default='open', max_length=20, verbose_name='状态')),
                ('outcome', models.CharField(blank=True, choices=[('confirmed', '确属矛盾'), ('dismissed', '不构成矛盾')], max_length=20, verbose_name='结论')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('settled_at', models.DateTimeField(blank=True, null=True, verbose_name='处理时间')),
                ('reopened_because', models.CharField(blank=True, max_length=300, verbose_name='重新打开的原因')),
                ('checked_at', models.DateTimeField(verbose_name='最近复核')),
                ('other_plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan', verbose_name='另一规划')),
                ('settled_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='处理人')),
                ('intake', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='conflicts', to='intake.intake', verbose_name='导入审阅')),
            ],
            options={
                'verbose_name': '矛盾',
                'ordering': ('intake', 'a_start', 'pk'),
                'indexes': [models.Index(fields=['intake', 'state'], name='intake_conflict_open')],
                'constraints': [models.UniqueConstraint(fields=('intake', 'key'), name='intake_conflict_once'), models.CheckConstraint(condition=models.Q(('state__in', ['open', 'settled', 'gone'])), name='intake_conflict_state_known'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'settled'), _negated=True), models.Q(('settled_at__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='intake_conflict_settled_why')],
            },
        ),
        migrations.CreateModel(
            name='DecidedFinding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.JSONField(blank=True, null=True, verbose_name='之前')),
                ('after', models.JSONField(verbose_name='之后')),
                ('version', models.PositiveIntegerField(verbose_name='版本号')),
                ('decision', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='touched', to='intake.decision', verbose_name='审阅记录')),
                ('finding', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decided', to='intake.finding', verbose_name='发现')),
            ],
            options={
                'verbose_name': '审阅明细',
                'ordering': ('decision', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('finding', 'version'), name='intake_decided_version_once')],
            },
        ),
    ]
