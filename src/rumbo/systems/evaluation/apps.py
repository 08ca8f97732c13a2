from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "rumbo.systems.evaluation"
    label = "evaluation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Subscribe to the news of the apps below; answer their question for the light; add the seals to `verify`."""
        from rumbo.foundation.audit import queries as audit
        from rumbo.systems.captures import events as captures
        from rumbo.systems.evaluation.actions import following
        from rumbo.systems.evaluation.queries.lights import lights_of
        from rumbo.systems.evaluation.queries.sealing import broken_seals
        from rumbo.systems.indicators import events as indicators

        captures.capture_changed.subscribe(following.after_capture)
        indicators.programme_changed.subscribe(following.after_programme)
        captures.light_reader.register(lights_of)
        audit.register_check(broken_seals)
