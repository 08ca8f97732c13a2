"""From an address to its quarter and its record."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from rumbo.core.timekeeping.quarter import InvalidQuarter, Quarter
from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Forbidden, Refusal
from rumbo.foundation.ui.doors import Request
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.transparency import presenters, queries
from rumbo.systems.transparency.models import DisclosureRecord
from rumbo.systems.transparency.states import RecordState


def quarter_of(year: int, number: int) -> Quarter:
    """404 when there is no such quarter."""
    try:
        return Quarter(year, number)
    except InvalidQuarter as problem:
        raise Http404 from problem


def record_or_404(request: Request, year: int, number: int) -> DisclosureRecord:
    record = queries.record_of(request.institution, quarter_of(year, number))
    if record is None:
        raise Http404
    return record


def shown_or_404(request: Request, year: int, number: int) -> DisclosureRecord:
    """To be read: the version that the address asks for, or the one in force; without any, the one in hand."""
    quarter, wanted = quarter_of(year, number), request.GET.get("version", "")
    if wanted:
        found = queries.version_of(request.institution, quarter, int(wanted)) if wanted.isdecimal() else None
    else:
        found = queries.public_record(request.institution, quarter)
        found = found or queries.record_of(request.institution, quarter)
    if found is None:
        raise Http404
    return found


def must_see(request: Request, record: DisclosureRecord) -> None:
    """What is published is for everybody of the institution; the rest, for who sees its reports."""
    published = record.state is RecordState.PUBLISHED
    if not published and not request.actor.may(Permission.VIEW_REPORTS, request.institution.pk):
        raise PermissionDenied(_("El registro de este trimestre todavía no se publica."))


def told(form: forms.Form, refusal: Refusal) -> None:
    """A refusal goes above the form that asked for it; that the person may not is answered with 403."""
    if isinstance(refusal, Forbidden):
        raise PermissionDenied(filled(refusal)) from refusal
    form.add_error(None, filled(refusal))


def address(request: Request, name: str, quarter: Quarter, **more: Any) -> str:
    place = {"slug": request.institution.slug, "year": quarter.year, "number": quarter.number}
    return reverse(f"transparency:{name}", kwargs=place | more)


def crumbs(request: Request, quarter: Quarter, last: str = "") -> list[tuple[str, str]]:
    """Without `last`, the quarter itself is where we are."""
    start = (_("Transparencia"), reverse("transparency:records", kwargs={"slug": request.institution.slug}))
    here = presenters.quarter_name(quarter)
    return [start, (here, address(request, "record", quarter)), (last, "")] if last else [start, (here, "")]
