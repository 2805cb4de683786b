import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
        ('areas', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Deadline',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=120, verbose_name='事项')),
                ('name', models.CharField(max_length=80, verbose_name='期限名称')),
                ('starts_on', models.DateField(verbose_name='起算日')),
                ('term_amount', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='时长')),
                ('term_unit', models.CharField(blank=True, choices=[('working_days', 'working_days'), ('days', 'days'), ('months', 'months'), ('years', 'years')], max_length=16, verbose_name='单位')),
                ('due_on', models.DateField(verbose_name='截止日')),
                ('estimated', models.BooleanField(default=False, verbose_name='按周末估算')),
                ('state', models.CharField(choices=[('running', '计时中'), ('met', '已按要求完成'), ('lifted', '已解除')], default='running', max_length=12, verbose_name='状态')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='完成或解除日期')),
                ('set_at', models.DateTimeField(verbose_name='设定时间')),
                ('near_told_for', models.DateField(blank=True, null=True, verbose_name='已提醒临近')),
                ('passed_told_for', models.DateField(blank=True, null=True, verbose_name='已提醒逾期')),
                ('set_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='设定人')),
            ],
            options={
                'verbose_name': '期限',
                'indexes': [models.Index(condition=models.Q(('state', 'running')), fields=['due_on'], name='workflow_deadline_due')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['running', 'met', 'lifted'])), name='workflow_deadline_state_known'), models.CheckConstraint(condition=models.Q(('due_on__gte', models.F('starts_on'))), name='workflow_deadline_span_in_order'), models.UniqueConstraint(condition=models.Q(('state', 'running')), fields=('about', 'name'), name='workflow_deadline_one_running')],
            },
        ),
        migrations.CreateModel(
            name='DeadlineChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.DateField(verbose_name='原截止日')),
                ('after', models.DateField(verbose_name='新截止日')),
                ('reason', models.CharField(max_length=500, verbose_name='理由')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='批准人')),
                ('deadline', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='workflow.deadline', verbose_name='期限')),
            ],
            options={
                'verbose_name': '期限变更',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='HandOver',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='交接日期')),
                ('count', models.PositiveIntegerField(verbose_name='移交项数')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('at', models.DateTimeField(verbose_name='登记时间')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人')),
                ('from_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='移交人')),
                ('to_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='接收人')),
                ('undoes', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undone_by', to='workflow.handover', verbose_name='撤销的交接')),
            ],
            options={
                'verbose_name': '工作交接',
                'constraints': [models.CheckConstraint(condition=models.Q(('from_user', models.F('to_user')), _negated=True), name='workflow_hand_over_two_people')],
            },
        ),
        migrations.CreateModel(
            name='Assignment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('about', models.CharField(max_length=120, verbose_name='事项')),
                ('duty', models.CharField(max_length=40, verbose_name='职责')),
                ('from_on', models.DateField(verbose_name='起始日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='终止日期')),
                ('assigned_at', models.DateTimeField(verbose_name='分派时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('end_reason', models.CharField(blank=True, max_length=500, verbose_name='终止原因')),
                ('assigned_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='分派人')),
                ('post', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.post', verbose_name='岗位')),
                ('user', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='人员')),
                ('given_in', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='given', to='workflow.handover', verbose_name='在交接中移出')),
                ('hand_over', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='assignments', to='workflow.handover', verbose_name='来自交接')),
            ],
            options={
                'verbose_name': '任务分派',
                'indexes': [models.Index(fields=['about'], name='workflow_assignment_about'), models.Index(fields=['user', 'to_on'], name='workflow_assignment_user'), models.Index(fields=['post', 'to_on'], name='workflow_assignment_post')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('post__isnull', True), ('user__isnull', False)), models.Q(('post__isnull', False), ('user__isnull', True)), _connector='OR'), name='workflow_assignment_one_holder'), models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='workflow_assignment_span_in_order'), models.UniqueConstraint(condition=models.Q(('to_on__isnull', True), ('user__isnull', False)), fields=('about', 'duty', 'user'), name='workflow_assignment_user_once'), models.UniqueConstraint(condition=models.Q(('post__isnull', False), ('to_on__isnull', True)), fields=('about', 'duty', 'post'), name='workflow_assignment_post_once')],
            },
        ),
        migrations.CreateModel(
            name='CalendarYear',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='年份')),
                ('edition', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('text', models.TextField(verbose_name='文件内容')),
                ('file_name', models.CharField(max_length=200, verbose_name='文件名')),
                ('loaded_at', models.DateTimeField(verbose_name='载入时间')),
                ('loaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='载入人')),
            ],
            options={
                'verbose_name': '放假安排',
                'constraints': [models.UniqueConstraint(fields=('year', 'edition'), name='workflow_calendar_edition_once')],
            },
        ),
    ]
