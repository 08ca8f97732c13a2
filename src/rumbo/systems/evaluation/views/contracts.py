"""The contracts under which goals are measured: the list, one with its goals, and its form."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.contracts import actions, queries
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.evaluation.forms.contracts import ContractForm
from rumbo.systems.evaluation.presenters.contracts import contract_row, contract_rows, goals_under, only_scale
from rumbo.systems.evaluation.presenters.instalments import delivered_elsewhere, in_short, instalment_rows
from rumbo.systems.evaluation.presenters.menus import months_menu
from rumbo.systems.evaluation.presenters.opened import Opened
from rumbo.systems.evaluation.presenters.wording import closing_name
from rumbo.systems.evaluation.queries.instalments import instalments_of
from rumbo.systems.evaluation.queries.schemes import schemes_of
from rumbo.systems.evaluation.queries.under_contract import measured_under
from rumbo.systems.evaluation.views.opening import ground_of, open_board
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract

UNPROCESSABLE = 422


@door(Permission.VIEW_BOARDS)
def contracts(request: Request) -> HttpResponse:
    rows = contract_rows(
        queries.contracts_of(request.institution),
        indicators.contract_counts(request.institution, request.today),
        schemes_of(request.institution.pk),
        request.today,
    )
    return render(request, "evaluation/contracts.html", {"rows": rows})


@door(Permission.VIEW_BOARDS)
def contract(request: Request, ref: UUID) -> HttpResponse:
    """Its goals with their light and class in one month, the last closed unless the address names another."""
    found = _contract(request, ref)
    schemes, opened = schemes_of(request.institution.pk), open_board(request)
    measured = measured_under(ground_of(request), found.pk, opened.month if opened else None, today=request.today)
    goals = goals_under(opened, measured, schemes) if opened else []
    context: dict[str, Any] = {
        "row": contract_row(found, len(measured), schemes, request.today),
        "goals": goals,
        "measures": bool(measured) or indicators.ever_under(found.pk),
        "scale": only_scale(goals),
        "opened": opened,
        **_instalments(request, found),
        "crumbs": [(_("Contratos"), _list(request)), (found.number, "")],
    }
    if opened is not None:
        context |= _month(opened)
    return render(request, "evaluation/contract.html", context)


def _instalments(request: Request, found: "Contract") -> dict[str, Any]:
    """Of the contract by which the reports are delivered; for who may read the reports."""
    if request.actor.units(Permission.VIEW_REPORTS, request.institution.pk) is not None:
        return {}
    made = instalments_of(request.institution, found, on=request.today)
    return {
        "instalments": instalment_rows(request.institution.slug, made),
        "instalments_total": len(made),
        "instalments_short": in_short(made),
        "instalments_elsewhere": delivered_elsewhere(made),
    }


def _month(opened: Opened) -> dict[str, Any]:
    closing = opened.month.closing
    return {
        "month": opened.month,
        "closing": closing,
        "closing_name": closing_name(closing) if closing else "",
        "earlier": opened.months.of(opened.period.plus(-1)),
        "later": opened.months.after(opened.month),
        "months_menu": months_menu(opened),
    }


@door(Permission.EDIT_GOALS)
def add(request: Request) -> HttpResponse:
    return _form(request, None)


@door(Permission.EDIT_GOALS)
def edit(request: Request, ref: UUID) -> HttpResponse:
    return _form(request, _contract(request, ref))


def _form(request: Request, found: "Contract | None") -> HttpResponse:
    form = ContractForm(request.POST or None, initial=ContractForm.initial_of(found) if found else {})
    if request.method == "POST" and form.is_valid():
        try:
            saved = actions.save_contract(
                institution=request.institution, contract=found, by=request.actor, at=request.now, **form.cleaned_data
            )
        except actions.ContractNumberTaken as refusal:
            form.add_error("number", filled(refusal))
        except actions.TermOutOfOrder as refusal:
            form.add_error("ends_on", filled(refusal))
        except Refusal as refusal:
            form.add_error(None, filled(refusal))
        else:
            messages.success(request, _("Se guardó el contrato %(number)s.") % {"number": saved.number})
            return redirect("evaluation:contract", request.institution.slug, saved.ref)
    crumbs = [(_("Contratos"), _list(request)), (found.number if found else _("Registrar un contrato"), "")]
    context = {"form": form, "contract": found, "crumbs": crumbs}
    return render(request, "evaluation/contract_form.html", context, status=UNPROCESSABLE if form.errors else 200)


def _contract(request: Request, ref: UUID) -> "Contract":
    found = queries.contract_by_ref(request.institution, str(ref))
    if found is None:
        raise Http404
    return found


def _list(request: Request) -> str:
    return reverse("evaluation:contracts", kwargs={"slug": request.institution.slug})
