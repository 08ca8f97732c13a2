from django.db import migrations, models


class Migration(migrations.Migration):
    """Several figures a month: of each variable, in each week or fortnight."""

    dependencies = [
        ('captures', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='capture',
            name='readings',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='correction',
            name='before_readings',
            field=models.JSONField(blank=True, default=dict),
        ),
        migrations.AddField(
            model_name='correction',
            name='after_readings',
            field=models.JSONField(blank=True, default=dict),
        ),
    ]
