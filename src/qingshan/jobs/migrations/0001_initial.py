import django.core.serializers.json
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='WorkerSeen',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='进程')),
                ('started_at', models.DateTimeField(verbose_name='启动时间')),
                ('seen_at', models.DateTimeField(verbose_name='最近心跳')),
            ],
            options={
                'verbose_name': '后台进程',
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=80, verbose_name='作业类型')),
                ('title', models.CharField(max_length=200, verbose_name='名称')),
                ('payload', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='参数')),
                ('about', models.CharField(blank=True, max_length=120, verbose_name='相关记录')),
                ('unique_key', models.CharField(blank=True, max_length=120, verbose_name='去重键')),
                ('state', models.CharField(choices=[('queued', '排队中'), ('running', '运行中'), ('done', '已完成'), ('failed', '已失败'), ('cancelled', '已取消')], default='queued', max_length=12, verbose_name='状态')),
                ('queued_at', models.DateTimeField(verbose_name='提交时间')),
                ('run_after', models.DateTimeField(verbose_name='最早开始时间')),
                ('started_at', models.DateTimeField(blank=True, null=True, verbose_name='开始时间')),
                ('finished_at', models.DateTimeField(blank=True, null=True, verbose_name='结束时间')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='已尝试次数')),
                ('attempts_allowed', models.PositiveSmallIntegerField(default=3, verbose_name='最多尝试次数')),
                ('worker', models.CharField(blank=True, max_length=80, verbose_name='运行进程')),
                ('heartbeat_at', models.DateTimeField(blank=True, null=True, verbose_name='最近心跳')),
                ('cancel_requested', models.BooleanField(default=False, verbose_name='已请求取消')),
                ('done', models.PositiveBigIntegerField(default=0, verbose_name='已处理')),
                ('total', models.PositiveBigIntegerField(blank=True, null=True, verbose_name='总数')),
                ('message', models.CharField(blank=True, max_length=300, verbose_name='进展')),
                ('result', models.JSONField(blank=True, encoder=django.core.serializers.json.DjangoJSONEncoder, null=True, verbose_name='结果')),
                ('error', models.CharField(blank=True, max_length=1000, verbose_name='错误')),
                ('error_detail', models.TextField(blank=True, verbose_name='错误详情')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发起人')),
            ],
            options={
                'verbose_name': '后台作业',
                'indexes': [models.Index(condition=models.Q(('state', 'queued')), fields=['run_after', 'id'], name='jobs_job_next'), models.Index(condition=models.Q(('state', 'running')), fields=['heartbeat_at'], name='jobs_job_beat'), models.Index(fields=['by', '-queued_at'], name='jobs_job_mine')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['queued', 'running', 'done', 'failed', 'cancelled'])), name='jobs_job_state_known')],
            },
        ),
        migrations.CreateModel(
            name='OutboxEvent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='事件')),
                ('payload', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='内容')),
                ('announced_at', models.DateTimeField(verbose_name='发布时间')),
                ('spread_at', models.DateTimeField(blank=True, null=True, verbose_name='分发时间')),
            ],
            options={
                'verbose_name': '待送事件',
                'indexes': [models.Index(condition=models.Q(('spread_at__isnull', True)), fields=['id'], name='jobs_outbox_unspread')],
            },
        ),
        migrations.CreateModel(
            name='Delivery',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('consumer', models.CharField(max_length=120, verbose_name='接收方')),
                ('state', models.CharField(choices=[('pending', '待送达'), ('delivered', '已送达'), ('given_up', '已放弃')], default='pending', max_length=12, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='已尝试次数')),
                ('due_at', models.DateTimeField(verbose_name='下次尝试时间')),
                ('delivered_at', models.DateTimeField(blank=True, null=True, verbose_name='送达时间')),
                ('error', models.CharField(blank=True, max_length=1000, verbose_name='错误')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='deliveries', to='jobs.outboxevent', verbose_name='事件')),
            ],
            options={
                'verbose_name': '事件送达',
                'indexes': [models.Index(condition=models.Q(('state', 'pending')), fields=['due_at', 'id'], name='jobs_delivery_next')],
                'constraints': [models.UniqueConstraint(fields=('event', 'consumer'), name='jobs_delivery_once'), models.CheckConstraint(condition=models.Q(('state__in', ['pending', 'delivered', 'given_up'])), name='jobs_delivery_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Schedule',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='名称')),
                ('title', models.CharField(max_length=200, verbose_name='说明')),
                ('kind', models.CharField(max_length=80, verbose_name='作业类型')),
                ('payload', models.JSONField(default=dict, encoder=django.core.serializers.json.DjangoJSONEncoder, verbose_name='参数')),
                ('when', models.CharField(max_length=80, verbose_name='时间规则')),
                ('enabled', models.BooleanField(default=True, verbose_name='启用')),
                ('next_at', models.DateTimeField(verbose_name='下次时间')),
                ('last_at', models.DateTimeField(blank=True, null=True, verbose_name='上次时间')),
                ('last_job', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='jobs.job', verbose_name='上次作业')),
            ],
            options={
                'verbose_name': '定时计划',
            },
        ),
        migrations.AddConstraint(
            model_name='job',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ('queued', 'running')), models.Q(('unique_key', ''), _negated=True)), fields=('unique_key',), name='jobs_job_one_live'),
        ),
    ]
