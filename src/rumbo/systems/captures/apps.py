from django.apps import AppConfig


class CapturesConfig(AppConfig):
    name = "rumbo.systems.captures"
    label = "captures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from rumbo.systems.captures.actions.locking import keep_closed_months
        from rumbo.systems.indicators.events import programme_changed

        programme_changed.subscribe(keep_closed_months)
