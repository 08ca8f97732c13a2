from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0008_scheme_of_contract")]

    operations = [
        migrations.AddField(model_name="outlook", name="shortfall", field=models.FloatField(default=0.0)),
    ]
