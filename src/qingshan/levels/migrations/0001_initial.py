import uuid

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
            name='Call',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120, verbose_name='名称')),
                ('as_of', models.DateField(verbose_name='数据截至')),
                ('due_on', models.DateField(verbose_name='报送期限')),
                ('words', models.TextField(blank=True, verbose_name='要求')),
                ('state', models.CharField(choices=[('open', '征集中'), ('closed', '已截止')], default='open', max_length=8, verbose_name='状态')),
                ('created_at', models.DateTimeField(verbose_name='发出时间')),
                ('closed_at', models.DateTimeField(blank=True, null=True, verbose_name='截止时间')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='发出人')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='要求单位所在辖区')),
            ],
            options={
                'verbose_name': '报送要求',
                'ordering': ('-as_of', '-pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['open', 'closed'])), name='levels_call_state_known')],
            },
        ),
        migrations.CreateModel(
            name='CalledDistrict',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='called', to='levels.call', verbose_name='报送要求')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='辖区')),
            ],
            options={
                'verbose_name': '应报辖区',
                'ordering': ('district__code',),
                'constraints': [models.UniqueConstraint(fields=('call', 'district'), name='levels_called_once')],
            },
        ),
        migrations.CreateModel(
            name='Edition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('snapshot', models.TextField(verbose_name='内容')),
                ('digest', models.CharField(max_length=64, verbose_name='内容 SHA-256')),
                ('words', models.TextField(blank=True, verbose_name='报送说明')),
                ('attachments', models.JSONField(blank=True, default=list, verbose_name='附件')),
                ('submitted_name', models.CharField(blank=True, max_length=120, verbose_name='报送人姓名')),
                ('submitted_at', models.DateTimeField(verbose_name='报送时间')),
                ('received_at', models.DateTimeField(blank=True, null=True, verbose_name='对方收到时间')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='受理时间')),
                ('submitted_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='报送人')),
            ],
            options={
                'verbose_name': '报送版本',
                'ordering': ('-number',),
            },
        ),
        migrations.CreateModel(
            name='Partner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('key_id', models.CharField(max_length=16, verbose_name='密钥编号')),
                ('public_key', models.CharField(max_length=400, verbose_name='公钥')),
                ('state', models.CharField(choices=[('trusted', '已互信'), ('revoked', '已撤销')], default='trusted', max_length=8, verbose_name='状态')),
                ('last_sequence', models.PositiveBigIntegerField(default=0, verbose_name='最近收到的序号')),
                ('registered_at', models.DateTimeField(verbose_name='登记时间')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='撤销时间')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='撤销理由')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='辖区')),
                ('registered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('revoked_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤销人')),
            ],
            options={
                'verbose_name': '互信装置',
                'ordering': ('name', 'pk'),
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['trusted', 'revoked'])), name='levels_partner_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'trusted')), fields=('key_id',), name='levels_partner_key_once')],
            },
        ),
        migrations.CreateModel(
            name='Remark',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('section', models.CharField(max_length=12, verbose_name='内容')),
                ('code', models.CharField(max_length=60, verbose_name='编号')),
                ('text', models.CharField(max_length=500, verbose_name='意见')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('edition', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='remarks', to='levels.edition', verbose_name='报送版本')),
            ],
            options={
                'verbose_name': '逐行意见',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uid', models.UUIDField(default=uuid.uuid4, editable=False, unique=True, verbose_name='报送编号')),
                ('plan_code', models.CharField(max_length=60, verbose_name='规划编号')),
                ('plan_name', models.CharField(max_length=200, verbose_name='规划名称')),
                ('from_outside', models.BooleanField(default=False, verbose_name='外来')),
                ('as_of', models.DateField(verbose_name='数据截至')),
                ('words', models.TextField(blank=True, verbose_name='报送说明')),
                ('state', models.CharField(choices=[('draft', '拟报'), ('submitted', '已报送'), ('sent_back', '已退回'), ('accepted', '已受理'), ('locked', '已锁定'), ('unlocked', '已解锁'), ('withdrawn', '已作废')], default='draft', max_length=10, verbose_name='状态')),
                ('created_at', models.DateTimeField(verbose_name='拟报时间')),
                ('call', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='submissions', to='levels.call', verbose_name='报送要求')),
                ('created_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='拟报人')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='报送辖区')),
                ('partner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='levels.partner', verbose_name='对方装置')),
                ('plan', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='plans.plan', verbose_name='规划')),
                ('to_district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='受理辖区')),
            ],
            options={
                'verbose_name': '报送',
                'ordering': ('-as_of', '-pk'),
                'indexes': [models.Index(fields=['to_district', 'state'], name='levels_incoming'), models.Index(fields=['plan', 'state', 'as_of'], name='levels_of_plan')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['draft', 'submitted', 'sent_back', 'accepted', 'locked', 'unlocked', 'withdrawn'])), name='levels_submission_state_known'), models.UniqueConstraint(condition=models.Q(('state', 'withdrawn'), _negated=True), fields=('plan', 'to_district', 'as_of'), name='levels_submission_once'), models.CheckConstraint(condition=models.Q(models.Q(('from_outside', True), ('partner__isnull', False), ('plan__isnull', True)), models.Q(('from_outside', False), ('plan__isnull', False)), _connector='OR'), name='levels_submission_one_origin')],
            },
        ),
        migrations.CreateModel(
            name='PackageRecord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('outgoing', models.BooleanField(verbose_name='发出')),
                ('kind', models.CharField(choices=[('submission', '报送包'), ('receipt', '回执包')], max_length=10, verbose_name='类别')),
                ('sequence', models.PositiveBigIntegerField(verbose_name='序号')),
                ('digest', models.CharField(max_length=64, verbose_name='清单 SHA-256')),
                ('edition_number', models.PositiveSmallIntegerField(verbose_name='版次')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='packages', to='levels.partner', verbose_name='对方装置')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packages', to='levels.submission', verbose_name='报送')),
            ],
            options={
                'verbose_name': '报送包收发记录',
                'ordering': ('-pk',),
                'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['submission', 'receipt'])), name='levels_package_kind_known'), models.UniqueConstraint(condition=models.Q(('outgoing', True)), fields=('sequence',), name='levels_package_sent_once'), models.UniqueConstraint(condition=models.Q(('outgoing', False)), fields=('partner', 'sequence'), name='levels_package_taken_once')],
            },
        ),
        migrations.AddField(
            model_name='edition',
            name='submission',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='editions', to='levels.submission', verbose_name='报送'),
        ),
        migrations.CreateModel(
            name='SubmissionMove',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('edition_number', models.PositiveSmallIntegerField(default=0, verbose_name='版次')),
                ('move', models.CharField(max_length=10, verbose_name='操作')),
                ('before', models.CharField(choices=[('draft', '拟报'), ('submitted', '已报送'), ('sent_back', '已退回'), ('accepted', '已受理'), ('locked', '已锁定'), ('unlocked', '已解锁'), ('withdrawn', '已作废')], max_length=10, verbose_name='之前')),
                ('after', models.CharField(choices=[('draft', '拟报'), ('submitted', '已报送'), ('sent_back', '已退回'), ('accepted', '已受理'), ('locked', '已锁定'), ('unlocked', '已解锁'), ('withdrawn', '已作废')], max_length=10, verbose_name='之后')),
                ('by_name', models.CharField(blank=True, max_length=120, verbose_name='办理人姓名')),
                ('at', models.DateTimeField(verbose_name='时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='意见')),
                ('by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='办理人')),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='levels.submission', verbose_name='报送')),
            ],
            options={
                'verbose_name': '报送办理过程',
                'ordering': ('pk',),
            },
        ),
        migrations.AddConstraint(
            model_name='edition',
            constraint=models.UniqueConstraint(fields=('submission', 'number'), name='levels_edition_number_once'),
        ),
    ]
