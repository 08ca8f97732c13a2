from django.apps import AppConfig


class CapturesConfig(AppConfig):
    name = "rumbo.systems.captures"
    label = "captures"
    default_auto_field = "django.db.models.BigAutoField"
