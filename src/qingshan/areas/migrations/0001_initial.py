import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import qingshan.areas.models.department


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '__first__'),
    ]

    operations = [
        migrations.CreateModel(
            name='District',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=16, unique=True, verbose_name='区划代码')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('kind', models.CharField(choices=[('division', '行政区划'), ('functional', '功能区')], default='division', max_length=10, verbose_name='类型')),
                ('level', models.PositiveSmallIntegerField(help_text='1 省、2 市、3 县、4 镇街、5 村居', verbose_name='层级')),
                ('simulated', models.BooleanField(default=False, verbose_name='虚构')),
            ],
            options={
                'verbose_name': '辖区',
                'ordering': ('code',),
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('code__startswith', '99'), ('simulated', True)), models.Q(('simulated', False), models.Q(('code__startswith', '99'), _negated=True)), _connector='OR'), name='areas_district_fiction_has_its_own_codes'), models.CheckConstraint(condition=models.Q(('level__gte', 1), ('level__lte', 5)), name='areas_district_level_1_to_5')],
            },
        ),
        migrations.CreateModel(
            name='Department',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='撤并日期')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='departments', to='areas.district', verbose_name='所在辖区')),
            ],
            options={
                'verbose_name': '单位',
                'ordering': ('name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Post',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, verbose_name='岗位名称')),
                ('duties', models.CharField(blank=True, max_length=500, verbose_name='岗位职责')),
                ('leads', models.BooleanField(default=False, verbose_name='负责人岗位')),
                ('department', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='posts', to='areas.department', verbose_name='所属单位')),
            ],
            options={
                'verbose_name': '岗位',
                'ordering': ('department', '-leads', 'name'),
                'constraints': [models.UniqueConstraint(fields=('department', 'name'), name='areas_post_name_once')],
            },
        ),
        migrations.CreateModel(
            name='PostHolding',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_on', models.DateField(verbose_name='任职日期')),
                ('to_on', models.DateField(blank=True, null=True, verbose_name='离任日期')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='说明')),
                ('post', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='holdings', to='areas.post', verbose_name='岗位')),
                ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='post_holdings', to=settings.AUTH_USER_MODEL, verbose_name='任职人')),
            ],
            options={
                'verbose_name': '任职',
                'ordering': ('-from_on', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('to_on__isnull', True)), fields=('post', 'user'), name='areas_post_held_once'), models.CheckConstraint(condition=models.Q(('to_on__isnull', True), ('to_on__gte', models.F('from_on')), _connector='OR'), name='areas_post_span_in_order')],
            },
        ),
        migrations.CreateModel(
            name='DepartmentSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='承接日期')),
                ('kind', models.CharField(choices=[('merged', '合并'), ('split', '分设'), ('dissolved', '撤销')], max_length=10, verbose_name='承接方式')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='依据文件')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='areas.department', verbose_name='原单位')),
                ('later', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessions', to='areas.department', verbose_name='承接单位')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '单位承接',
                'ordering': ('on', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('earlier', 'later'), name='areas_department_follows_once'), models.CheckConstraint(condition=models.Q(models.Q(('earlier', models.F('later')), _negated=True), ('later__isnull', True), _connector='OR'), name='areas_department_not_itself'), models.CheckConstraint(condition=models.Q(('kind__in', ['merged', 'split', 'dissolved'])), name='areas_department_succession_kind')],
            },
        ),
        migrations.CreateModel(
            name='DepartmentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=1, verbose_name='版本号')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='变更理由')),
                ('name', models.CharField(max_length=120, verbose_name='名称')),
                ('short_name', models.CharField(blank=True, max_length=60, verbose_name='简称')),
                ('aliases', qingshan.areas.models.department.NamesField(blank=True, default=list, verbose_name='其他称谓')),
                ('kind', models.CharField(choices=[('government', '人民政府'), ('bureau', '政府部门'), ('township', '镇街'), ('committee', '功能区管委会'), ('party', '党群机关'), ('justice', '司法机关'), ('institution', '事业单位'), ('section', '内设机构'), ('enterprise', '企业'), ('other', '其他')], default='bureau', max_length=12, verbose_name='单位性质')),
                ('lookup', models.TextField(editable=False, verbose_name='查找用名称')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.department', verbose_name='上级单位')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='areas.department', verbose_name='单位')),
                ('district', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='所在辖区')),
            ],
            options={
                'verbose_name': '单位版本',
                'ordering': ('subject', 'number'),
                'constraints': [models.UniqueConstraint(fields=('subject', 'number'), name='areas_department_number_once'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('subject',), name='areas_department_one_current'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='areas_department_span_in_order'), models.CheckConstraint(condition=models.Q(('kind__in', ['government', 'bureau', 'township', 'committee', 'party', 'justice', 'institution', 'section', 'enterprise', 'other'])), name='areas_department_kind')],
            },
        ),
        migrations.CreateModel(
            name='DistrictSuccession',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField(verbose_name='承接日期')),
                ('kind', models.CharField(choices=[('merged', '合并'), ('split', '分设'), ('dissolved', '撤销')], max_length=10, verbose_name='承接方式')),
                ('document', models.CharField(blank=True, max_length=200, verbose_name='依据文件')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('earlier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='successions', to='areas.district', verbose_name='原辖区')),
                ('later', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='predecessions', to='areas.district', verbose_name='承接辖区')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
            ],
            options={
                'verbose_name': '辖区承接',
                'ordering': ('on', 'pk'),
                'constraints': [models.UniqueConstraint(fields=('earlier', 'later'), name='areas_district_follows_once'), models.CheckConstraint(condition=models.Q(models.Q(('earlier', models.F('later')), _negated=True), ('later__isnull', True), _connector='OR'), name='areas_district_not_itself'), models.CheckConstraint(condition=models.Q(('kind__in', ['merged', 'split', 'dissolved'])), name='areas_district_succession_kind')],
            },
        ),
        migrations.CreateModel(
            name='DistrictVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(default=1, verbose_name='版本号')),
                ('valid_from', models.DateField(verbose_name='生效日期')),
                ('valid_to', models.DateField(blank=True, null=True, verbose_name='失效日期')),
                ('recorded_at', models.DateTimeField(verbose_name='登记时间')),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='变更理由')),
                ('code', models.CharField(max_length=16, verbose_name='区划代码')),
                ('name', models.CharField(max_length=60, verbose_name='名称')),
                ('short_name', models.CharField(blank=True, max_length=30, verbose_name='简称')),
                ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='areas.district', verbose_name='上级辖区')),
                ('recorded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='登记人')),
                ('subject', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='areas.district', verbose_name='辖区')),
            ],
            options={
                'verbose_name': '辖区版本',
                'ordering': ('subject', 'number'),
                'constraints': [models.UniqueConstraint(fields=('subject', 'number'), name='areas_district_number_once'), models.UniqueConstraint(condition=models.Q(('valid_to__isnull', True)), fields=('subject',), name='areas_district_one_current'), models.CheckConstraint(condition=models.Q(('valid_to__isnull', True), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='areas_district_span_in_order')],
            },
        ),
    ]
