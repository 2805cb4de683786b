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
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('family', models.CharField(max_length=100, verbose_name='所属类别')),
                ('key', models.CharField(max_length=64, verbose_name='所属编号')),
                ('title', models.CharField(max_length=200, verbose_name='标题')),
                ('kind', models.CharField(choices=[('letter', '来文'), ('evidence', '佐证材料'), ('data', '数据'), ('minutes', '会议纪要'), ('report', '报告'), ('paper', '生成的公文'), ('other', '其他')], default='other', max_length=20, verbose_name='附件类别')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='撤回时间')),
                ('withdrawn_reason', models.CharField(blank=True, max_length=500, verbose_name='撤回理由')),
                ('withdrawn_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='撤回人')),
            ],
            options={
                'verbose_name': '附件',
                'indexes': [models.Index(fields=['family', 'key', 'id'], name='documents_document_owner')],
                'constraints': [models.CheckConstraint(condition=models.Q(('withdrawn_at__isnull', True), models.Q(('withdrawn_reason', ''), _negated=True), _connector='OR'), name='documents_document_withdrawn_why')],
            },
        ),
        migrations.CreateModel(
            name='DocumentVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField(verbose_name='版本号')),
                ('file_name', models.CharField(max_length=255, verbose_name='文件名')),
                ('media_type', models.CharField(max_length=100, verbose_name='类型')),
                ('size', models.PositiveBigIntegerField(verbose_name='字节数')),
                ('sha256', models.CharField(max_length=64, verbose_name='SHA-256')),
                ('uploaded_at', models.DateTimeField(verbose_name='上传时间')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
                ('document', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='documents.document', verbose_name='附件')),
                ('uploaded_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='上传人')),
            ],
            options={
                'verbose_name': '附件版本',
                'indexes': [models.Index(fields=['sha256'], name='documents_version_content')],
                'constraints': [models.UniqueConstraint(fields=('document', 'number'), name='documents_version_number_once'), models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='documents_version_not_empty')],
            },
        ),
        migrations.CreateModel(
            name='Citation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('family', models.CharField(max_length=100, verbose_name='引用者类别')),
                ('key', models.CharField(max_length=64, verbose_name='引用者编号')),
                ('place', models.CharField(help_text='页码、章节、表号或工作表单元格', max_length=200, verbose_name='位置')),
                ('quote', models.TextField(blank=True, verbose_name='原文')),
                ('cited_at', models.DateTimeField(verbose_name='引用时间')),
                ('cited_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='引用人')),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='citations', to='documents.documentversion', verbose_name='附件版本')),
            ],
            options={
                'verbose_name': '引证',
                'indexes': [models.Index(fields=['family', 'key'], name='documents_citation_subject')],
            },
        ),
    ]
