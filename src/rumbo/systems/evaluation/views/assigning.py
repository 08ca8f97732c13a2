"""Which scale evaluates the institution, a contract or an indicator, from a day on."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from rumbo.core.vocabulary.permission import Permission
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.contracts import queries as contracts
from rumbo.foundation.ui.doors import Request, door
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.evaluation import actions
from rumbo.systems.evaluation.forms.schemes import AssignmentForm
from rumbo.systems.evaluation.presenters import schemes as presenters
from rumbo.systems.evaluation.queries.preview import Preview, preview
from rumbo.systems.evaluation.queries.schemes import WHOLE, Key, Schemes, in_force, schemes_of
from rumbo.systems.indicators import queries as indicators

if TYPE_CHECKING:
    from rumbo.foundation.contracts.models import Contract
    from rumbo.systems.indicators.models import Indicator

UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class _Named:
    """What the form names: an indicator, a contract, or the institution when neither."""

    indicator: "Indicator | None" = None
    contract: "Contract | None" = None

    @property
    def key(self) -> Key:
        if self.indicator is not None:
            return "indicator", self.indicator.pk
        return ("contract", self.contract.pk) if self.contract is not None else WHOLE


@door(Permission.CONFIGURE)
def assign(request: Request) -> HttpResponse:
    """Asks, shows what would change, or decides."""
    found = schemes_of(request.institution.pk)
    form = _form(request, found)
    seen: Preview | None = None
    if request.method == "POST" and form.is_valid():
        named = _named(request, form)
        if named is not None and "preview" in request.POST:
            seen = _foreseen(request, form, named)
        elif named is not None and _decided(request, form, named):
            messages.success(request, _("La escala quedó asignada y los meses abiertos, evaluados con ella."))
            return redirect("evaluation:schemes", request.institution.slug)
    context = {
        "form": form,
        "foreseen": presenters.foreseen(seen) if seen else None,
        "asked": "preview" in request.POST,
    }
    return render(request, "evaluation/scheme_assign.html", context, status=UNPROCESSABLE if form.errors else 200)


def _form(request: Request, found: Schemes) -> AssignmentForm:
    known = contracts.contracts_of(request.institution)
    asked = {"indicator": request.GET.get("indicador", ""), "contract": request.GET.get("contrato", "")}
    for code in found.versions:  # the newest, last, is what somebody comes to assign
        asked["scheme"] = code
    return AssignmentForm(
        request.POST or None,
        schemes=[(code, presenters.name_of(code, versions)) for code, versions in found.versions.items()],
        contracts=[(str(one.ref), f"{one.number} · {one.title[:70]}") for one in known],
        initial=asked | {"effective_from": request.today},
    )


def _named(request: Request, form: AssignmentForm) -> _Named | None:
    """None, with the reason beside its question, for what the institution does not have."""
    code, ref = form.cleaned_data["indicator"].strip(), form.cleaned_data["contract"]
    if ref:
        return _Named(contract=contracts.contract_by_ref(request.institution, ref))
    indicator = indicators.indicator_by_code(request.institution, code) if code else None
    if code and indicator is None:
        form.add_error("indicator", _("No hay un indicador «%(code)s». Escriba su clave.") % {"code": code})
        return None
    return _Named(indicator=indicator)


def _foreseen(request: Request, form: AssignmentForm, named: _Named) -> Preview | None:
    found = schemes_of(request.institution.pk, also=(named.contract.pk,) if named.contract else ())
    version = in_force(found.versions.get(form.cleaned_data["scheme"], []), request.today)
    return preview(request.institution, found.proposal(named.key, version, request.today))


def _decided(request: Request, form: AssignmentForm, named: _Named) -> bool:
    try:
        actions.assign_scheme(
            institution=request.institution,
            scheme=form.cleaned_data["scheme"],
            indicator=named.indicator,
            contract=named.contract,
            effective_from=form.cleaned_data["effective_from"],
            reason=form.cleaned_data["reason"],
            by=request.actor,
            at=request.now,
            on=request.today,
        )
    except Refusal as refusal:
        form.add_error(None, filled(refusal))
        return False
    return True
