import datetime
import uuid

import django.core.validators
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
            name='Endpoint',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.SlugField(max_length=40, unique=True, verbose_name='名称')),
                ('address', models.URLField(max_length=300, verbose_name='网址')),
                ('secret', models.CharField(help_text='用于对每次推送计算 HMAC-SHA256 签名，接收方据此核对来源。', max_length=200, verbose_name='签名密钥')),
                ('enabled', models.BooleanField(default=True, verbose_name='启用')),
            ],
            options={
                'verbose_name': '消息平台地址',
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(max_length=80, verbose_name='模板')),
                ('batch', models.UUIDField(default=uuid.uuid4, editable=False, verbose_name='批次')),
                ('subject', models.CharField(max_length=300, verbose_name='标题')),
                ('body', models.TextField(verbose_name='正文')),
                ('about', models.CharField(blank=True, max_length=120, verbose_name='相关记录')),
                ('address', models.CharField(blank=True, max_length=300, verbose_name='链接')),
                ('urgent', models.BooleanField(default=False, verbose_name='紧急')),
                ('needs_receipt', models.BooleanField(default=False, verbose_name='需要签收')),
                ('sent_at', models.DateTimeField(verbose_name='发出时间')),
                ('state', models.CharField(choices=[('unread', '未读'), ('read', '已读'), ('signed', '已签收')], default='unread', max_length=12, verbose_name='状态')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='阅读时间')),
                ('signed_at', models.DateTimeField(blank=True, null=True, verbose_name='签收时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发件人')),
                ('to', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notices', to=settings.AUTH_USER_MODEL, verbose_name='收件人')),
            ],
            options={
                'verbose_name': '消息',
                'indexes': [models.Index(fields=['to', '-sent_at'], name='notices_notice_inbox'), models.Index(condition=models.Q(('state', 'unread')), fields=['to'], name='notices_notice_unread'), models.Index(fields=['about'], name='notices_notice_about')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['unread', 'read', 'signed'])), name='notices_notice_state_known'), models.UniqueConstraint(fields=('batch', 'to'), name='notices_notice_once')],
            },
        ),
        migrations.CreateModel(
            name='Preferences',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.CharField(choices=[('at_once', '立即'), ('daily', '每日汇总'), ('weekly', '每周汇总'), ('never', '不发送')], default='at_once', max_length=10, verbose_name='电子邮件')),
                ('webhook', models.CharField(choices=[('at_once', '立即'), ('daily', '每日汇总'), ('weekly', '每周汇总'), ('never', '不发送')], default='at_once', max_length=10, verbose_name='单位消息平台')),
                ('quiet_from', models.TimeField(default=datetime.time(22, 0), verbose_name='免打扰开始')),
                ('quiet_to', models.TimeField(default=datetime.time(7, 30), verbose_name='免打扰结束')),
                ('quiet_on_rest_days', models.BooleanField(default=False, verbose_name='休息日和节假日不打扰')),
                ('digest_at', models.TimeField(default=datetime.time(8, 30), verbose_name='汇总发送时间')),
                ('digest_weekday', models.PositiveSmallIntegerField(default=1, validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(7)], verbose_name='每周汇总发送日')),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='notice_preferences', to=settings.AUTH_USER_MODEL, verbose_name='用户')),
            ],
            options={
                'verbose_name': '接收偏好',
                'constraints': [models.CheckConstraint(condition=models.Q(('digest_weekday__gte', 1), ('digest_weekday__lte', 7)), name='notices_preferences_weekday')],
            },
        ),
        migrations.CreateModel(
            name='Sending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('channel', models.CharField(max_length=60, verbose_name='渠道')),
                ('in_digest', models.BooleanField(default=False, verbose_name='汇总发送')),
                ('state', models.CharField(choices=[('waiting', '待发送'), ('sent', '已发送'), ('given_up', '发送失败'), ('dropped', '不再发送')], default='waiting', max_length=12, verbose_name='状态')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='已尝试次数')),
                ('due_at', models.DateTimeField(verbose_name='最早发送时间')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='发送时间')),
                ('error', models.CharField(blank=True, max_length=500, verbose_name='错误')),
                ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sendings', to='notices.notice', verbose_name='消息')),
            ],
            options={
                'verbose_name': '外发',
                'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['due_at'], name='notices_sending_due')],
                'constraints': [models.UniqueConstraint(fields=('notice', 'channel'), name='notices_sending_once'), models.CheckConstraint(condition=models.Q(('state__in', ['waiting', 'sent', 'given_up', 'dropped'])), name='notices_sending_state_known')],
            },
        ),
        migrations.CreateModel(
            name='Wording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('template', models.CharField(max_length=80, verbose_name='模板')),
                ('language', models.CharField(choices=[('zh-hans', '简体中文'), ('en', 'English')], max_length=10, verbose_name='语言')),
                ('subject', models.CharField(max_length=300, verbose_name='标题')),
                ('body', models.TextField(verbose_name='正文')),
                ('changed_at', models.DateTimeField(verbose_name='修改时间')),
                ('changed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='修改人')),
            ],
            options={
                'verbose_name': '自定义文字',
                'constraints': [models.UniqueConstraint(fields=('template', 'language'), name='notices_wording_once')],
            },
        ),
    ]
