from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "rumbo.systems.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rumbo.foundation.planning.events import element_retired
        from rumbo.systems.indicators.actions.goals import keep_elements_with_goals

        element_retired.subscribe(keep_elements_with_goals)
