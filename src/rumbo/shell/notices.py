"""What is said of the data of an institution on every page, every sheet and every document page."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.data_nature import DataNature, owner


def notice(institution: Any) -> str:
    """The sentence of a demonstration or of test data; empty for real data."""
    nature = DataNature(institution.nature)
    name = institution.short_name or institution.name
    return _(nature.notice) % {"owner": owner(name, get_language())} if nature.notice else ""
