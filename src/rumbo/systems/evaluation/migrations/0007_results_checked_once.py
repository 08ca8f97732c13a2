import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q


def copied(to: str) -> models.ForeignKey:
    """What the indicator says too: the database does not check it a second time."""
    return models.ForeignKey(
        db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=to
    )


class Migration(migrations.Migration):
    dependencies = [
        ("evaluation", "0006_follow_up_of_early_warnings"),
        ("indicators", "0003_rate_and_frequencies"),
        ("organization", "0002_identity_and_installation"),
        ("planning", "0001_initial"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="result", name="result_by_compliance"),
        migrations.AlterField(model_name="result", name="institution", field=copied("organization.institution")),
        migrations.AlterField(model_name="result", name="goal", field=copied("indicators.goal")),
        migrations.AlterField(model_name="result", name="unit", field=copied("organization.unit")),
        migrations.AlterField(model_name="result", name="plan_element", field=copied("planning.planelement")),
        migrations.AlterField(
            model_name="result",
            name="indicator",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="indicators.indicator",
            ),
        ),
        migrations.AlterField(
            model_name="result",
            name="scheme_version",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="Empty: the general one, which the closing names.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="evaluation.schemeversion",
            ),
        ),
        migrations.AddIndex(
            model_name="result",
            index=models.Index(
                condition=Q(("scheme_version__isnull", False)), fields=["scheme_version"], name="result_by_own_scheme"
            ),
        ),
    ]
