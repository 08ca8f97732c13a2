"""The words of the trail: what each recorded action, each audited table and each of its fields is called.

An action that is recorded without its word here fails a test, and so does a field.
"""

from rumbo.core.vocabulary.trail.deeds import ACTIONS, APPS, app_of
from rumbo.core.vocabulary.trail.details import DETAILS, PARAMETERS
from rumbo.core.vocabulary.trail.things import FIELDS, TABLES, VALUES, field_word

__all__ = ["ACTIONS", "APPS", "DETAILS", "FIELDS", "PARAMETERS", "TABLES", "VALUES", "app_of", "field_word"]
