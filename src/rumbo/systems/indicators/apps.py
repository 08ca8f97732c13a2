from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "rumbo.systems.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rumbo.foundation.organization.events import fiscal_start_moving, unit_retiring
        from rumbo.foundation.planning.events import count_asked, element_retired
        from rumbo.systems.indicators.actions.goals import (
            keep_elements_with_goals,
            keep_fiscal_start,
            keep_units_with_goals,
        )
        from rumbo.systems.indicators.queries import tell_goal_counts

        element_retired.subscribe(keep_elements_with_goals)
        unit_retiring.subscribe(keep_units_with_goals)
        fiscal_start_moving.subscribe(keep_fiscal_start)
        count_asked.subscribe(tell_goal_counts)
