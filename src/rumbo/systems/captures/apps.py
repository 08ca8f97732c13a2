from django.apps import AppConfig


class CapturesConfig(AppConfig):
    name = "rumbo.systems.captures"
    label = "captures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Follow the programme; add the locks to `verify`."""
        from rumbo.foundation.audit import queries as audit
        from rumbo.foundation.organization.events import fiscal_start_moving
        from rumbo.systems.captures.actions.locking import keep_closed_months, keep_fiscal_start
        from rumbo.systems.captures.queries.kept_locks import altered_locks
        from rumbo.systems.indicators.events import programme_changed

        audit.register_check(altered_locks)
        programme_changed.subscribe(keep_closed_months)
        fiscal_start_moving.subscribe(keep_fiscal_start)
