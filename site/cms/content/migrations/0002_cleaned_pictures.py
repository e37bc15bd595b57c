import cms.content.models.images
import wagtail.images.models
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("content", "0001_initial"),
        ("taggit", "0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx"),
        ("wagtailcore", "0098_apitoken"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="contentimage",
            name="file",
            field=cms.content.models.images.PictureField(
                height_field="height",
                upload_to=wagtail.images.models.get_upload_to,
                verbose_name="file",
                width_field="width",
            ),
        ),
        migrations.AlterField(
            model_name="contentrendition",
            name="file",
            field=cms.content.models.images.PictureField(
                height_field="height",
                storage=wagtail.images.models.get_rendition_storage,
                upload_to=wagtail.images.models.get_rendition_upload_to,
                width_field="width",
            ),
        ),
        migrations.AddIndex(
            model_name="contentdocument",
            index=models.Index(fields=["file"], name="content_document_file"),
        ),
        migrations.AddIndex(
            model_name="contentimage",
            index=models.Index(fields=["file"], name="content_image_file"),
        ),
        migrations.AddIndex(
            model_name="contentrendition",
            index=models.Index(fields=["file"], name="content_rendition_file"),
        ),
    ]
