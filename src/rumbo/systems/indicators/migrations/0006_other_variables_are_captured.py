from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('indicators', '0005_own_bands_in_units'),
    ]

    operations = [
        migrations.AlterField(
            model_name='indicator',
            name='other_variables',
            field=models.JSONField(blank=True, default=list, help_text='Variables of the formula beside the two above: symbol, name, unit.'),
        ),
    ]
