"""Facets of documents, and the place of each entry in its collection."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('delivery', '0004_order_and_moments'),
    ]

    operations = [
        migrations.CreateModel(
            name='DocumentFacet',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=30)),
                ('value', models.CharField(max_length=100)),
            ],
        ),
        migrations.AddField(
            model_name='entry',
            name='rank',
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name='entry',
            index=models.Index(condition=models.Q(('rank__isnull', False)), fields=['locale', 'type', 'rank', 'key'], name='entry_by_rank'),
        ),
        migrations.AddField(
            model_name='documentfacet',
            name='document',
            field=models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='facets', to='delivery.publisheddocument'),
        ),
        migrations.AddIndex(
            model_name='documentfacet',
            index=models.Index(fields=['name', 'value', 'document'], name='document_by_facet'),
        ),
        migrations.AddConstraint(
            model_name='documentfacet',
            constraint=models.UniqueConstraint(fields=('document', 'name', 'value'), name='one_facet_per_document'),
        ),
    ]
