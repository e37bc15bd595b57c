from django.db import migrations, models


class Migration(migrations.Migration):
    # What is stored already gets its digest by ``published rebuild``, as after every upgrade: it
    # reads all files, and nobody waits for it.
    dependencies = [("content", "0002_cleaned_pictures")]

    operations = [
        migrations.AddField(
            model_name="contentdocument",
            name="sha256",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
        migrations.AddField(
            model_name="contentimage",
            name="sha256",
            field=models.CharField(blank=True, editable=False, max_length=64),
        ),
    ]
