import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('plans', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40, verbose_name='新规划编号')),
                ('name', models.CharField(max_length=200, verbose_name='新规划名称')),
                ('short_name', models.CharField(max_length=60, verbose_name='简称')),
                ('period_from', models.PositiveSmallIntegerField(verbose_name='规划期起')),
                ('period_to', models.PositiveSmallIntegerField(verbose_name='规划期止')),
                ('base_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='基准年')),
                ('state', models.CharField(choices=[('choosing', '选定中'), ('proposed', '待审批'), ('carried', '已写入新规划'), ('withdrawn', '已撤回')], default='choosing', max_length=16, verbose_name='状态')),
                ('round', models.PositiveSmallIntegerField(default=0, verbose_name='提交次数')),
                ('made_at', models.DateTimeField(verbose_name='拟定时间')),
                ('proposed_at', models.DateTimeField(blank=True, null=True, verbose_name='提交时间')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='审批时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审批人')),
                ('made_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟定人')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='openings', to='plans.plan', verbose_name='上一轮规划')),
                ('proposed_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提交人')),
                ('successor', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='opened_by', to='plans.plan', verbose_name='新规划')),
            ],
            options={
                'verbose_name': '规划接续方案',
                'ordering': ('-made_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['choosing', 'proposed', 'carried', 'withdrawn'])), name='succession_opening_state_known'), models.CheckConstraint(condition=models.Q(('period_to__gte', models.F('period_from'))), name='succession_opening_period_in_order'), models.CheckConstraint(condition=models.Q(('decided_by__isnull', True), ('proposed_by__isnull', True), models.Q(('decided_by', models.F('proposed_by')), _negated=True), _connector='OR'), name='succession_opening_second_person'), models.UniqueConstraint(condition=models.Q(('state__in', ['choosing', 'proposed', 'carried'])), fields=('plan',), name='succession_opening_one_live')],
            },
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.TextField(verbose_name='内容')),
                ('source', models.CharField(choices=[('typed', '手工填写'), ('evaluation', '评估报告')], default='typed', max_length=16, verbose_name='来源')),
                ('source_ref', models.CharField(blank=True, max_length=120, verbose_name='来源记录')),
                ('added_at', models.DateTimeField(verbose_name='填写时间')),
                ('added_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='填写人')),
                ('opening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lessons', to='succession.opening', verbose_name='接续方案')),
            ],
            options={
                'verbose_name': '经验教训',
                'ordering': ('opening', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['typed', 'evaluation'])), name='succession_lesson_source_known')],
            },
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('indicator', '指标'), ('project', '项目'), ('measure', '措施'), ('commitment', '承诺'), ('provision', '规划条款')], max_length=16, verbose_name='内容')),
                ('origin', models.CharField(max_length=120, verbose_name='记录')),
                ('code', models.CharField(max_length=60, verbose_name='编号')),
                ('name', models.CharField(max_length=300, verbose_name='名称')),
                ('order', models.PositiveIntegerField(verbose_name='次序')),
                ('proposal', models.CharField(choices=[('keep', '保留'), ('redefine', '重新定义'), ('drop', '不再列入')], max_length=16, verbose_name='建议')),
                ('why', models.CharField(max_length=500, verbose_name='建议理由')),
                ('decision', models.CharField(choices=[('keep', '保留'), ('redefine', '重新定义'), ('drop', '不再列入')], max_length=16, verbose_name='处理意见')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='理由')),
                ('new_name', models.CharField(blank=True, max_length=120, verbose_name='新名称')),
                ('new_unit', models.CharField(blank=True, max_length=40, verbose_name='新单位')),
                ('new_definition', models.CharField(blank=True, max_length=500, verbose_name='新口径说明')),
                ('target_operator', models.CharField(blank=True, max_length=4, verbose_name='目标关系')),
                ('target_value', models.CharField(blank=True, max_length=40, verbose_name='目标值')),
                ('target_year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='目标年')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='处理时间')),
                ('decided_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='处理人')),
                ('opening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='choices', to='succession.opening', verbose_name='接续方案')),
            ],
            options={
                'verbose_name': '接续内容',
                'ordering': ('opening', 'kind', 'order', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['indicator', 'project', 'measure', 'commitment', 'provision'])), name='succession_choice_kind_known'), models.CheckConstraint(condition=models.Q(('proposal__in', ['keep', 'redefine', 'drop'])), name='succession_choice_proposal_known'), models.CheckConstraint(condition=models.Q(('decision__in', ['keep', 'redefine', 'drop'])), name='succession_choice_decision_known'), models.UniqueConstraint(fields=('opening', 'origin'), name='succession_choice_once')],
            },
        ),
        migrations.CreateModel(
            name='Carried',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('indicator', '指标'), ('project', '项目'), ('measure', '措施'), ('commitment', '承诺'), ('provision', '规划条款')], max_length=16, verbose_name='内容')),
                ('origin', models.CharField(max_length=120, verbose_name='来源记录')),
                ('result', models.CharField(max_length=120, verbose_name='新记录')),
                ('decision', models.CharField(choices=[('keep', '保留'), ('redefine', '重新定义'), ('drop', '不再列入')], max_length=16, verbose_name='处理意见')),
                ('value', models.CharField(blank=True, max_length=120, verbose_name='所依数值')),
                ('basis', models.CharField(blank=True, max_length=500, verbose_name='依据说明')),
                ('percent', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='接续时进度（%）')),
                ('left_yuan', models.BigIntegerField(blank=True, null=True, verbose_name='接续时结余（元）')),
                ('undone_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('plan', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.plan', verbose_name='来源规划')),
                ('successor', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.plan', verbose_name='新规划')),
                ('opening', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='carried', to='succession.opening', verbose_name='接续方案')),
            ],
            options={
                'verbose_name': '接续关系',
                'ordering': ('opening', 'pk'),
                'indexes': [models.Index(fields=['origin'], name='succession_carried_of')],
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['indicator', 'project', 'measure', 'commitment', 'provision'])), name='succession_carried_kind_known'), models.UniqueConstraint(fields=('result',), name='succession_carried_result_once')],
            },
        ),
        migrations.CreateModel(
            name='DefinitionChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='自何年起')),
                ('kind', models.CharField(choices=[('definition', '定义'), ('formula', '计算方法'), ('unit', '单位'), ('scope', '统计范围'), ('condition', '测定条件')], max_length=16, verbose_name='变化内容')),
                ('before', models.CharField(max_length=300, verbose_name='原口径')),
                ('after', models.CharField(max_length=300, verbose_name='新口径')),
                ('reason', models.CharField(max_length=500, verbose_name='原因')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='依据文件')),
                ('entered_at', models.DateTimeField(verbose_name='登记时间')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=500, verbose_name='撤回理由')),
                ('catalogue', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='plans.catalogueindicator', verbose_name='目录指标')),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤回人')),
            ],
            options={
                'verbose_name': '口径变化',
                'ordering': ('catalogue', 'year', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['definition', 'formula', 'unit', 'scope', 'condition'])), name='succession_change_kind_known'), models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='succession_change_has_reason')],
            },
        ),
    ]
