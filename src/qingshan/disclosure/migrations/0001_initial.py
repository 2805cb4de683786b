import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


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
            name='Attempt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('what', models.CharField(max_length=16, verbose_name='表单')),
                ('sender', models.CharField(max_length=64, verbose_name='来源摘要')),
                ('at', models.DateTimeField(verbose_name='时间')),
            ],
            options={
                'verbose_name': '匿名提交',
                'ordering': ('-at', '-pk'),
                'indexes': [models.Index(fields=['what', 'sender', 'at'], name='disclosure_attempt_of')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(blank=True, null=True, verbose_name='版次')),
                ('as_of', models.DateField(verbose_name='截至日期')),
                ('choice', models.JSONField(default=dict, verbose_name='公开项目')),
                ('content', models.JSONField(blank=True, null=True, verbose_name='公开内容')),
                ('digest', models.CharField(blank=True, max_length=64, verbose_name='内容摘要')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='本版说明')),
                ('state', models.CharField(choices=[('preparing', '准备中'), ('to_approve', '待批准公开'), ('published', '公开中'), ('superseded', '已有新版'), ('withdrawn', '已撤下'), ('discarded', '已放弃')], default='preparing', max_length=16, verbose_name='状态')),
                ('prepared_at', models.DateTimeField(verbose_name='准备时间')),
                ('submitted_at', models.DateTimeField(blank=True, null=True, verbose_name='提请时间')),
                ('published_at', models.DateTimeField(blank=True, null=True, verbose_name='公开时间')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='撤换时间')),
                ('end_reason', models.CharField(blank=True, max_length=500, verbose_name='撤下理由')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='批准人')),
                ('prepared_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='准备人')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='提请人')),
            ],
            options={
                'verbose_name': '公开版次',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['preparing', 'to_approve', 'published', 'superseded', 'withdrawn', 'discarded'])), name='disclosure_edition_state_known'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(models.Q(('approved_by', models.F('prepared_by')), _negated=True), models.Q(('approved_by', models.F('submitted_by')), _negated=True)), _connector='OR'), name='disclosure_edition_second_person')],
            },
        ),
        migrations.CreateModel(
            name='EditionMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=16, verbose_name='操作')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='disclosure.edition', verbose_name='公开版次')),
            ],
            options={
                'verbose_name': '公开过程',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Feedback',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=40, unique=True, verbose_name='反馈编号')),
                ('key', models.CharField(max_length=32, unique=True, verbose_name='提交编号')),
                ('text', models.TextField(verbose_name='反映内容')),
                ('place', models.CharField(blank=True, max_length=200, verbose_name='地点')),
                ('part', models.CharField(blank=True, max_length=16, verbose_name='涉及部分')),
                ('code', models.CharField(blank=True, max_length=60, verbose_name='涉及编号')),
                ('concerns', models.CharField(blank=True, max_length=300, verbose_name='涉及事项')),
                ('contact_sealed', models.TextField(blank=True, verbose_name='联系方式（密封）')),
                ('state', models.CharField(choices=[('received', '待受理'), ('under_way', '办理中'), ('to_answer', '待拟答复'), ('answer_in_review', '答复待审核'), ('answered', '已答复'), ('merged', '并入他件'), ('dismissed', '不予受理')], default='received', max_length=20, verbose_name='状态')),
                ('received_at', models.DateTimeField(verbose_name='收到时间')),
                ('dismissal', models.CharField(blank=True, max_length=500, verbose_name='不予受理的理由')),
                ('answer', models.TextField(blank=True, verbose_name='答复')),
                ('is_public', models.BooleanField(default=False, verbose_name='在公开页登载')),
                ('public_question', models.CharField(blank=True, max_length=500, verbose_name='登载的问题')),
                ('drafted_at', models.DateTimeField(blank=True, null=True, verbose_name='拟稿时间')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
                ('approved_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='审核人')),
                ('drafted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟稿人')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged', to='disclosure.feedback', verbose_name='并入')),
                ('task', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='tasks.task', verbose_name='任务')),
            ],
            options={
                'verbose_name': '公众反馈',
                'ordering': ('-received_at', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'under_way', 'to_answer', 'answer_in_review', 'answered', 'merged', 'dismissed'])), name='disclosure_feedback_state_known'), models.CheckConstraint(condition=models.Q(('approved_by__isnull', True), models.Q(('approved_by', models.F('drafted_by')), _negated=True), _connector='OR'), name='disclosure_feedback_second_person')],
            },
        ),
        migrations.CreateModel(
            name='FeedbackMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('move', models.CharField(max_length=16, verbose_name='操作')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('feedback', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='disclosure.feedback', verbose_name='公众反馈')),
            ],
            options={
                'verbose_name': '反馈办理过程',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='PublicPage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_open', models.BooleanField(default=False, verbose_name='对外开放')),
                ('takes_feedback', models.BooleanField(default=True, verbose_name='接受公众反馈')),
                ('changed_at', models.DateTimeField(verbose_name='更改时间')),
                ('office', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.department', verbose_name='受理单位')),
                ('plan', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan', verbose_name='规划')),
            ],
            options={
                'verbose_name': '公开页',
                'ordering': ('plan__code',),
            },
        ),
        migrations.AddField(
            model_name='feedback',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='feedback', to='disclosure.publicpage', verbose_name='公开页'),
        ),
        migrations.AddField(
            model_name='edition',
            name='page',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='editions', to='disclosure.publicpage', verbose_name='公开页'),
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(fields=['page', 'state', 'received_at'], name='disclosure_feedback_of_page'),
        ),
        migrations.AddConstraint(
            model_name='feedback',
            constraint=models.CheckConstraint(condition=models.Q(('merged_into__isnull', True), models.Q(('merged_into', models.F('pk')), _negated=True), _connector='OR'), name='disclosure_feedback_not_into_itself'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('page', 'number'), name='disclosure_edition_number_once'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('preparing', 'to_approve'))), fields=('page',), name='disclosure_edition_one_in_work'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('page',), name='disclosure_edition_one_published'),
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('preparing', 'discarded')), models.Q(('content__isnull', False), models.Q(('digest', ''), _negated=True)), _connector='OR'), name='disclosure_edition_frozen'),
        ),
    ]
