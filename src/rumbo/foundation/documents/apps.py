from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "rumbo.foundation.documents"
    label = "documents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """`verify` looks at the files too."""
        from rumbo.foundation.audit import queries as audit
        from rumbo.foundation.documents.queries import altered_files

        audit.register_check(altered_files)
