"""Areas and people in workbooks: their templates, and reading them back with nothing half applied."""

from rumbo.foundation.organization.exchange.areas import AREAS, import_areas, template_areas
from rumbo.foundation.organization.exchange.people import import_people, people_sheet, template_people

__all__ = ["AREAS", "import_areas", "import_people", "people_sheet", "template_areas", "template_people"]
