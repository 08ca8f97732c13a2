"""Every address of the product and who may open it, declared by hand: what the code says of itself is not asked.

A new address that is not here fails the tests until somebody decides whose it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from rumbo.core.timekeeping.quarter import Quarter
from rumbo.core.vocabulary.capture_state import CaptureState
from rumbo.core.vocabulary.support_kind import SupportKind
from rumbo.foundation.audit.models import Head
from rumbo.foundation.contracts import actions as contracts
from rumbo.foundation.documents import actions as documents
from rumbo.foundation.organization import actions as organization
from rumbo.foundation.organization.models import Institution, Membership, Unit
from rumbo.foundation.planning.models import PlanElement
from rumbo.systems.captures import actions as captures
from rumbo.systems.captures.models import Capture
from rumbo.systems.evaluation import actions as evaluation
from rumbo.systems.evaluation.models import EarlyWarning
from rumbo.systems.indicators.models import Indicator
from rumbo.systems.transparency import actions as transparency
from tests.cast import NOW, TODAY, Character
from tests.whole.settling import CAUSE, NOVEMBER, OCTOBER

type Who = frozenset[str]
# a picture of one point, as PNG
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c635008480000016400d151"
    "c24ae30000000049454e44ae426082"
)
EVERYBODY: Who = frozenset({"ana", "beto", "rita", "carmen", "hugo", "gina", "ines", "eva", "fede"})
NOBODY_ELSE: Who = frozenset()
SEE_BOARDS = EVERYBODY - {"fede"}
SEE_ALL_AREAS = SEE_BOARDS - {"ana", "beto"}
READ_REPORTS = SEE_ALL_AREAS
CAPTURE: Who = frozenset({"ana"})
REVIEW: Who = frozenset({"beto", "rita", "carmen"})
PREPARE: Who = frozenset({"rita", "carmen", "gina"})
VALIDATES: Who = frozenset({"rita", "carmen"})
CARMEN: Who = frozenset({"carmen"})
INES: Who = frozenset({"ines"})
CONFIGURE: Who = frozenset({"carmen", "fede"})
PEOPLE: Who = frozenset({"fede"})
TRAIL: Who = frozenset({"eva", "fede"})
ASK_CORRECTION: Who = frozenset({"ana", "beto", "carmen"})


@dataclass(frozen=True)
class Address:
    """`of` gives the arguments from the world. `writes`: it takes POST alone. `posts`: who writes where more read."""

    roles: Who
    of: Callable[["World"], dict[str, Any]] = lambda world: {}
    writes: bool = False
    posts: Who | None = None
    query: str = ""
    elsewhere: Who = NOBODY_ELSE  # those who are led to their own instead
    names_more: bool = False  # the form also names a thing: without it, 404


@dataclass(frozen=True)
class World:
    """The primary things that the addresses name, one of each."""

    sent: Capture
    evidence: Any
    correction: Any
    membership: Membership
    person: Any
    unit: Unit
    element: PlanElement
    indicator: Indicator
    sequence: int
    support: Any
    warning: Any
    logo: str
    contract: Any

    @property
    def entry(self) -> dict[str, Any]:
        return {"code": "M001", "period": str(NOVEMBER)}

    @property
    def closed_entry(self) -> dict[str, Any]:
        return {"code": "M001", "period": str(OCTOBER)}


def make_world(institution: Institution, found: dict[str, Indicator], cast: dict[str, Character]) -> World:
    """Of the settled institution: a capture of M001 sent, with a proof; a correction of October asked for, and its
    complementary closing; a record of publication begun."""
    ana, carmen = cast["ana"].actor, cast["carmen"].actor
    draft = captures.save_draft(
        institution=institution, indicator=found["M001"], period=NOVEMBER.index,
        entry={"numerator": Decimal(70), **CAUSE}, version=None, by=ana, at=NOW,  # type: ignore[typeddict-item]
    )  # fmt: skip
    content = b"%PDF-1.7\nprueba\n%%EOF"
    evidence = captures.attach(
        institution=institution, capture=draft, content=content, file_name="a.pdf", by=ana, at=NOW
    )
    documents.store(institution=institution, content=content, declared_name="a.pdf", at=NOW)
    sent = captures.submit(institution=institution, capture=draft, by=ana, at=NOW)
    assert sent.state == CaptureState.AREA_REVIEW
    closed = Capture.objects.get(indicator=found["M001"], period=OCTOBER.index)
    correction = captures.request_correction(
        institution=institution, capture=closed, numerator=Decimal(80), denominator=None, reason="Error de dedo",
        kind="adjustment", letter_number="", by=ana, at=NOW,
    )  # fmt: skip
    evaluation.supersede(
        institution=institution, period=OCTOBER, by=carmen, at=NOW, on=TODAY, reason="Oficio", letter_number="DGP/1"
    )
    transparency.prepare(institution=institution, quarter=Quarter(2026, 3), units=["DESU"], by=carmen, on=TODAY, at=NOW)
    support = evaluation.record_support(
        institution=institution,
        data=evaluation.SupportData(
            kind=SupportKind.CALL, attended_on=TODAY, subject="Captura", attended_by="Prestador", hours=Decimal(1),
            unit_id=Unit.objects.get(institution=institution, code="DESU").pk,
        ),
        evidence=evaluation.SupportFile("lista.pdf", content), by=cast["gina"].actor, on=TODAY, at=NOW,
    )  # fmt: skip
    evaluation.foresee_month(institution=institution, period=OCTOBER, by=carmen, on=TODAY, at=NOW)
    logo = documents.store(institution=institution, content=PIXEL, declared_name="logo.png", at=NOW).digest
    organization.change_identity(
        institution=institution, name=institution.name, short_name=institution.short_name, home="board", logo=logo,
        effective_from=TODAY, by=carmen, on=TODAY, at=NOW,
    )  # fmt: skip
    contracts.deliver(
        institution=institution, period=OCTOBER, source=contracts.Source("Cierre núm. 1", "0" * 64),
        files={"a.pdf": contracts.DeliveredFile("a.pdf", content, "application/pdf")}, due_on=None,
        by=cast["gina"].actor, on=TODAY, at=NOW,
    )  # fmt: skip
    return World(
        sent=sent,
        evidence=evidence,
        correction=correction,
        membership=Membership.objects.get(person=cast["hugo"].person),
        person=cast["hugo"].person,
        unit=Unit.objects.get(code="DESU-PJ"),
        element=PlanElement.objects.get(code="1.2"),
        indicator=found["M001"],
        sequence=Head.objects.get(chain="prueba").sequence,
        logo=logo,
        contract=contracts.save_contract(
            institution=institution, number="AD-1/2026", title="Difusión", starts_on=TODAY, by=carmen, at=NOW
        ),
        support=support,
        warning=EarlyWarning.objects.get(goal=found["M001"].goal),
    )


def named(**values: Any) -> Callable[[World], dict[str, Any]]:
    return lambda world: values


def goal(world: World) -> dict[str, Any]:
    return {"ref": world.indicator.goal.ref}


def indicator(world: World) -> dict[str, Any]:
    return {"ref": world.indicator.ref}


def indicator_year(world: World) -> dict[str, Any]:
    return {"ref": world.indicator.ref, "year": 2026}


def unit(world: World) -> dict[str, Any]:
    return {"unit": world.unit.ref}


def person(world: World) -> dict[str, Any]:
    return {"person": world.person.ref}


def element(world: World) -> dict[str, Any]:
    return {"ref": world.element.ref}


def case(world: World) -> dict[str, Any]:
    return {"ref": world.sent.ref}


def proof(world: World) -> dict[str, Any]:
    return {"ref": world.evidence.ref}


def support(world: World) -> dict[str, Any]:
    return {"ref": world.support.ref}


def early_warning(world: World) -> dict[str, Any]:
    return {"ref": world.warning.ref}


def entry(world: World) -> dict[str, Any]:
    return world.entry


RECORD = named(year=2026, number=3)
DELIVERED = named(month="2026-10")
MONTH = named(month="2026-10", number=1)
MEASURE = named(code="M001", measure="M001")

# Outside every institution: open to all («everyone») or to whoever signed in.
OUTSIDE = {
    "start": "signed_in", "language": "everyone", "installation": "signed_in", "installation_add": "signed_in",
    "installation_give": "signed_in", "account:sign_in": "everyone", "account:sign_out": "signed_in",
    "account:own": "signed_in", "account:first_password": "everyone", "ui:accent": "everyone",
    "ui:gallery": "everyone",
}  # fmt: skip

INSIDE: dict[str, Address] = {
    "shell:inbox": Address(EVERYBODY),
    "shell:inbox_count": Address(EVERYBODY),
    "shell:trail": Address(TRAIL),
    "shell:trail_event": Address(TRAIL, lambda world: {"sequence": world.sequence}),
    "shell:rules": Address(EVERYBODY),
    "shell:logo": Address(EVERYBODY, lambda world: {"digest": world.logo[:16]}),
    "shell:setup": Address(CONFIGURE),
    "shell:setup_step": Address(CONFIGURE, named(step="institucion")),
    "organization:people": Address(PEOPLE),
    "organization:add_person": Address(PEOPLE),
    "organization:upload_people": Address(PEOPLE),
    "organization:people_template": Address(PEOPLE),
    "organization:person_link": Address(PEOPLE, person, writes=True),
    "organization:hand_over": Address(PEOPLE, person),
    "organization:end_membership": Address(PEOPLE, lambda world: {"membership": world.membership.ref}),
    "organization:areas": Address(CONFIGURE),
    "organization:add_area": Address(CONFIGURE),
    "organization:upload_areas": Address(CONFIGURE),
    "organization:areas_template": Address(CONFIGURE),
    "organization:edit_area": Address(CONFIGURE, unit),
    "organization:retire_area": Address(CONFIGURE, unit),
    "calendars:year": Address(EVERYBODY),
    "calendars:add": Address(CONFIGURE, writes=True),
    "calendars:remove": Address(CONFIGURE, writes=True, names_more=True),
    "calendars:statutory": Address(CONFIGURE, writes=True),
    "planning:plan": Address(EVERYBODY),
    "planning:create": Address(CARMEN),
    "planning:template": Address(EVERYBODY),
    "planning:upload": Address(CARMEN),
    "planning:link": Address(CARMEN, writes=True),
    "planning:texts": Address(CARMEN),
    "planning:swot": Address(CARMEN),
    "planning:add": Address(CARMEN),
    "planning:edit": Address(CARMEN, element),
    "planning:retire": Address(CARMEN, element),
    "indicators:goals": Address(EVERYBODY),
    "indicators:template": Address(EVERYBODY),
    "indicators:upload": Address(CARMEN),
    "indicators:add": Address(CARMEN),
    "indicators:formula": Address(CARMEN, writes=True),
    "indicators:agree": Address(CARMEN, writes=True),
    "indicators:goal": Address(EVERYBODY, goal),
    "indicators:edit": Address(CARMEN, goal),
    "indicators:retire": Address(CARMEN, goal),
    "indicators:add_indicator": Address(CARMEN, goal),
    "indicators:edit_indicator": Address(CARMEN, indicator),
    "indicators:principal": Address(CARMEN, indicator, writes=True),
    "indicators:retire_indicator": Address(CARMEN, indicator, writes=True),
    "indicators:programme": Address(CARMEN, indicator_year),
    "indicators:change": Address(CARMEN, indicator_year),
    "captures:home": Address(SEE_BOARDS),
    "captures:save_sheet": Address(CAPTURE, writes=True),
    "captures:send_sheet": Address(CAPTURE, writes=True),
    "captures:download": Address(SEE_BOARDS),
    "captures:upload": Address(CAPTURE),
    "captures:history": Address(CARMEN),
    "captures:history_template": Address(CARMEN),
    "captures:review": Address(REVIEW),
    "captures:decide_many": Address(REVIEW, writes=True, names_more=True),
    "captures:validated": Address(VALIDATES),
    "captures:review_one": Address(REVIEW, case),
    "captures:return": Address(REVIEW, case, writes=True),
    "captures:corrections": Address(CARMEN),
    "captures:correction": Address(CARMEN, lambda world: {"ref": world.correction.ref}),
    "captures:evidence": Address(SEE_BOARDS, proof),
    "captures:retire_evidence": Address(CAPTURE, proof, writes=True),
    "captures:form": Address(SEE_BOARDS, entry, posts=CAPTURE),
    "captures:unavailable": Address(CAPTURE, entry, writes=True),
    "captures:attach": Address(CAPTURE, entry, writes=True),
    "captures:ask_correction": Address(ASK_CORRECTION, lambda world: world.closed_entry),
    "evaluation:board": Address(SEE_ALL_AREAS, elsewhere=frozenset({"ana", "beto"})),
    "evaluation:download": Address(SEE_BOARDS, named(kind="csv")),
    "evaluation:rolled": Address(SEE_BOARDS, query="?area=DESU&dato=cumplimiento"),
    "evaluation:rolled_data": Address(SEE_BOARDS, query="?area=DESU&dato=cumplimiento"),
    "evaluation:area": Address(SEE_BOARDS, named(code="DESU")),
    "evaluation:element": Address(SEE_ALL_AREAS, named(code="1")),
    "evaluation:goal": Address(SEE_BOARDS, named(code="M001")),
    "evaluation:calculation": Address(SEE_BOARDS, named(code="M001")),
    "evaluation:calculation_data": Address(SEE_BOARDS, named(code="M001")),
    "evaluation:calculation_sheet": Address(SEE_BOARDS, named(code="M001")),
    "evaluation:indicator_calculation": Address(SEE_BOARDS, MEASURE),
    "evaluation:indicator_calculation_data": Address(SEE_BOARDS, MEASURE),
    "evaluation:indicator_calculation_sheet": Address(SEE_BOARDS, MEASURE),
    "evaluation:closing": Address(CARMEN),
    "evaluation:supersede": Address(CARMEN, named(month="2026-10")),
    "evaluation:closed": Address(SEE_ALL_AREAS, MONTH),
    "evaluation:comparison": Address(SEE_ALL_AREAS, MONTH),
    "evaluation:schemes": Address(CONFIGURE),
    "evaluation:scheme_assign": Address(CONFIGURE),
    "evaluation:scheme": Address(CONFIGURE, named(code="general")),
    "evaluation:contracts": Address(SEE_BOARDS),
    "evaluation:contract": Address(SEE_BOARDS, lambda world: {"ref": world.contract.ref}),
    "evaluation:contract_add": Address(CARMEN),
    "evaluation:contract_edit": Address(CARMEN, lambda world: {"ref": world.contract.ref}),
    "evaluation:reports": Address(READ_REPORTS),
    "evaluation:report_delivery": Address(PREPARE, named(month="2026-10")),
    "evaluation:report_file": Address(READ_REPORTS, named(month="2026-10", name="resultados.csv")),
    "evaluation:support": Address(SEE_BOARDS),
    "evaluation:support_download": Address(SEE_BOARDS),
    "evaluation:support_add": Address(PREPARE),
    "evaluation:support_entry": Address(SEE_BOARDS, support, posts=PREPARE),
    "evaluation:support_retire": Address(PREPARE, support, writes=True),
    "evaluation:support_evidence": Address(PREPARE | {"ines", "eva", "beto"}, support),
    "evaluation:warnings": Address(SEE_BOARDS),
    "evaluation:warnings_download": Address(SEE_BOARDS),
    "evaluation:warnings_seen": Address(SEE_BOARDS, writes=True),
    "evaluation:warning": Address(SEE_BOARDS, early_warning),
    "evaluation:warning_see": Address(REVIEW, early_warning, writes=True),
    "evaluation:warning_decide": Address(REVIEW, early_warning, writes=True),
    "evaluation:warning_do": Address(REVIEW, early_warning, writes=True),
    "evaluation:warning_close": Address(VALIDATES, early_warning, writes=True),
    "evaluation:delivery": Address(READ_REPORTS, DELIVERED),
    "evaluation:deliver": Address(PREPARE, DELIVERED, writes=True),
    "evaluation:accept_delivery": Address(INES, DELIVERED, writes=True),
    "evaluation:observe_delivery": Address(INES, DELIVERED, writes=True),
    "evaluation:delivered_file": Address(READ_REPORTS, named(month="2026-10", number=1, name="a.pdf")),
    "transparency:records": Address(READ_REPORTS),
    "transparency:record": Address(READ_REPORTS, RECORD),
    "transparency:table": Address(READ_REPORTS, RECORD),
    "transparency:download": Address(READ_REPORTS, named(year=2026, number=3, extension="xlsx")),
    "transparency:prepare": Address(PREPARE, named(year=2026, number=2)),
    "transparency:work": Address(PREPARE, RECORD),
    "transparency:recompose": Address(PREPARE, RECORD, writes=True),
    "transparency:validate": Address(CARMEN, RECORD, writes=True),
    "transparency:reopen": Address(CARMEN, RECORD, writes=True),
    "transparency:correct": Address(CARMEN, RECORD),
    "transparency:discard": Address(CARMEN, RECORD, writes=True),
    "transparency:publish": Address(CARMEN, RECORD, writes=True),
}


def all_addresses() -> dict[str, URLPattern]:
    """By name, with its namespace."""
    return dict(_walk(get_resolver(), ""))


def _walk(place: Any, prefix: str) -> Any:
    for one in place.url_patterns:
        if isinstance(one, URLResolver):
            yield from _walk(one, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        else:
            yield f"{prefix}{one.name}", one
