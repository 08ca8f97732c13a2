from django.apps import AppConfig


class ShellConfig(AppConfig):
    name = "rumbo.shell"
    label = "shell"
