"""What goes on every page of a record that is not, or not yet, the institution's word."""

from copy import copy
from datetime import date

from django.utils.translation import gettext as _

from rumbo.core.rendering.text import short_date
from rumbo.foundation.organization import queries as organization
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.states import RecordState


def dated_on(record: DisclosureRecord) -> date:
    """The day that a file of the record is of: that of its publication, or of the last step that it has taken."""
    return record.published_on or record.validated_on or record.updated_on


def as_of_its_day(record: DisclosureRecord) -> DisclosureRecord:
    """A copy whose institution is called as on that day: a file made again years later says what it said."""
    dated = copy(record)
    dated.institution = organization.as_called_on(record.institution, dated_on(record))
    return dated


def marks_of(record: DisclosureRecord) -> list[str]:
    """The notice of demonstration data, and that it is a draft or is not published."""
    notice = organization.data_notice(record.institution)
    marks = [notice] if notice else []
    if record.state is RecordState.DRAFT:
        marks.append(_("BORRADOR. El registro todavía no está validado."))
    successor = record.successor
    if successor is not None:
        marks.append(
            _("VERSIÓN SUSTITUIDA el %(day)s. La vigente es la versión %(version)s.")
            % {"day": short_date(successor.published_on), "version": successor.version}
        )
    return marks
