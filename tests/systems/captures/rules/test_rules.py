"""Each rule of a capture with what passes and what does not, and the words in which it says so."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.utils.translation import override

from rumbo.core.rules import Verdict
from rumbo.core.timekeeping.slots import Slot
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.light import Light
from rumbo.foundation.ui.presenters import filled
from rumbo.systems.captures.rules import RULEBOOK, CaptureFacts

ON = date(2026, 11, 3)
PLAIN = CaptureFacts(month="octubre", last_day=date(2026, 10, 31), on=ON, accumulation=Accumulation.SUM,
                     numerator=Decimal(100))  # fmt: skip
RATIO = replace(
    PLAIN,
    accumulation=Accumulation.RATIO,
    has_denominator=True,
    percentage=True,
    numerator_name="Solicitudes concluidas en plazo",
    denominator_name="Solicitudes recibidas",
    numerator=Decimal(88),
    denominator=Decimal(100),
    decimals=1,
)
EXPLAINED: dict[str, Any] = {
    "cause_kind": "weather", "cause": "Lluvia en 17 de 30 días.", "corrective_action": "Bacheo nocturno.",
    "commitment_on": date(2026, 11, 30), "responsible_post": "JUD de Bacheo",
}  # fmt: skip
READ = replace(PLAIN, by_readings=True)
WEEKS = tuple(Slot(date(2026, 10, day - 6), date(2026, 10, day)) for day in (11, 18))
SIX = tuple(Decimal(value) for value in (4300, 4400, 4350, 4250, 4450, 4350))
YEAR = tuple(Decimal(4431) for _ in range(9))


def finding(code: str, facts: CaptureFacts, **changes: Any) -> Any:
    return RULEBOOK[f"captures.{code}"].judge(replace(facts, **changes), on=ON).finding


PASSING: list[tuple[str, CaptureFacts, dict[str, Any]]] = [
    ("value_present", PLAIN, {}),
    ("value_present", RATIO, {}),
    ("value_present", PLAIN, {"numerator": None, "not_available_reason": "Falta el acta", "expected_on": ON}),
    ("readings_complete", READ, {}),
    ("readings_computable", READ, {}),
    ("exact_decimals", PLAIN, {"numerator": Decimal("0.123456")}),
    ("exact_decimals", PLAIN, {"numerator": Decimal("99999999999999.999999")}),
    ("negative_value", PLAIN, {"numerator": Decimal(0)}),
    ("whole_unit", PLAIN, {"numerator": Decimal("100.000000")}),
    ("zero_denominator", RATIO, {}),
    ("part_over_whole", RATIO, {"numerator": Decimal(100)}),
    ("part_over_whole", RATIO, {"numerator": Decimal(120)} | EXPLAINED),
    ("accumulated_as_month", PLAIN, {"numerator": Decimal(4431), "before": YEAR}),
    ("jump", PLAIN, {"numerator": Decimal(8700), "recent": SIX}),
    ("jump", PLAIN, {"numerator": Decimal(9800), "recent": SIX} | EXPLAINED),
    ("jump", PLAIN, {"numerator": Decimal(9800), "recent": SIX, "programmed": Decimal(9000)}),
    ("cause_needed", PLAIN, {"light": Light.GREEN, "compliance": 96.0}),
    ("cause_needed", PLAIN, {"light": Light.RED, "compliance": 40.0} | EXPLAINED),
    ("commitment_ahead", PLAIN, {"commitment_on": date(2026, 11, 1)}),
    ("evidence_missing", PLAIN, {"evidence_required": True, "evidence_count": 1}),
    ("evidence_expected", PLAIN, {"required_evidence": "padrón", "evidence_count": 1}),
]
NOT_APPLICABLE: list[tuple[str, CaptureFacts, dict[str, Any]]] = [
    ("value_present", READ, {"numerator": None}),
    ("readings_complete", PLAIN, {}),
    ("readings_complete", READ, {"missing": WEEKS, "not_available_reason": "Falta el acta"}),
    ("readings_computable", PLAIN, {}),
    ("negative_value", READ, {"numerator": Decimal(-3)}),
    ("negative_value", PLAIN, {"accumulation": Accumulation.LAST, "numerator": Decimal(-3)}),
    ("whole_unit", PLAIN, {"decimals": 1}),
    ("whole_unit", RATIO, {"decimals": 0, "numerator": Decimal("1.5")}),
    ("zero_denominator", PLAIN, {}),
    ("part_over_whole", RATIO, {"percentage": False, "numerator": Decimal(450)}),
    ("accumulated_as_month", PLAIN, {"accumulation": Accumulation.LAST, "before": YEAR}),
    ("accumulated_as_month", PLAIN, {"before": YEAR[:1]}),
    ("jump", PLAIN, {"recent": SIX[:2]}),
    ("jump", RATIO, {"recent": SIX}),
    ("cause_needed", PLAIN, {"light": None}),
    ("cause_needed", PLAIN, {"light": Light.NOT_SCHEDULED}),
    ("cause_needed", PLAIN, {"light": Light.RED, "principal": False}),
    ("commitment_ahead", PLAIN, {}),
    ("evidence_missing", PLAIN, {}),
    ("evidence_missing", PLAIN, {"evidence_required": True, "numerator": None}),
    ("evidence_expected", PLAIN, {"required_evidence": "padrón", "evidence_required": True}),
]
BROKEN: list[tuple[str, CaptureFacts, dict[str, Any], Verdict, str]] = [
    ("value_present", PLAIN, {"numerator": None}, Verdict.FAIL,
     "Falta el valor de octubre. Escríbalo, o use «Aún no se cuenta con el dato» con su razón y su fecha."),
    ("value_present", RATIO, {"denominator": None}, Verdict.FAIL,
     "Falta «Solicitudes recibidas» de octubre. Escriba los dos valores; si no hubo casos, escriba 0."),
    ("value_present", PLAIN, {"numerator": None, "not_available_reason": "Falta el acta"}, Verdict.FAIL,
     "Falta el valor de octubre. Escríbalo, o use «Aún no se cuenta con el dato» con su razón y su fecha."),
    ("exact_decimals", PLAIN, {"numerator": Decimal("0.1234567")}, Verdict.FAIL,
     "«0.1234567» tiene más de seis decimales o más de catorce enteros. Redondéelo y vuelva a guardar."),
    ("exact_decimals", PLAIN, {"numerator": Decimal("NaN")}, Verdict.FAIL,
     "«NaN» tiene más de seis decimales o más de catorce enteros. Redondéelo y vuelva a guardar."),
    ("negative_value", PLAIN, {"numerator": Decimal(-3)}, Verdict.FAIL,
     "El valor de octubre (−3) es negativo. Escriba lo realizado en el mes, cero o más; para corregir un mes cerrado"
     " use «Solicitar corrección de un mes cerrado»."),
    ("readings_complete", READ, {"missing": WEEKS[:1], "lacking": ("Casos turnados", "Casos recibidos")}, Verdict.FAIL,
     "Falta «Casos turnados, Casos recibidos» de octubre. Escriba todas las variables; si no hubo casos, escriba 0."),
    ("readings_complete", READ, {"missing": WEEKS, "by_stretches": True}, Verdict.FAIL,
     "Falta el dato de la semana del 5 al 11 de octubre, semana del 12 al 18 de octubre. Escríbalo completo, o la razón"
     " por la que no lo hay."),
    ("readings_complete", READ, {"missing": WEEKS[1:], "by_stretches": True, "on": date(2026, 10, 18)}, Verdict.FAIL,
     "Todavía no termina la semana del 12 al 18 de octubre. Podrá enviarse cuando tenga su dato."),
    ("readings_computable", READ, {"not_computable": ("El denominador es cero: no calculable.",)}, Verdict.FAIL,
     "La fórmula no da resultado en octubre. El denominador es cero: no calculable. Revise los valores, o use «Aún no"
     " se cuenta con el dato»."),
    ("readings_computable", READ, {"not_computable": ("No calculable.",), "by_stretches": True}, Verdict.FAIL,
     "La fórmula no da resultado en octubre. No calculable. Revise los valores, o escriba la razón en su renglón."),
    ("whole_unit", PLAIN, {"numerator": Decimal("3.5")}, Verdict.WARN,
     "El valor de octubre (3.5) tiene decimales y la unidad se cuenta en enteros. Revíselo."),
    ("zero_denominator", RATIO, {"numerator": Decimal(0), "denominator": Decimal(0)}, Verdict.WARN,
     "No se puede calcular: en octubre no hubo solicitudes recibidas (0). Se mostrará «No calculable» y no afecta al"
     " área."),
    ("part_over_whole", RATIO, {"numerator": Decimal(120)}, Verdict.NEEDS_JUSTIFICATION,
     "En octubre, «Solicitudes concluidas en plazo» (120) es mayor que «Solicitudes recibidas» (100). Si es correcto,"
     " explique la causa; si no, corríjalo."),
    ("accumulated_as_month", PLAIN, {"numerator": Decimal(44310), "before": YEAR}, Verdict.WARN,
     "El valor se parece al acumulado del año (44,310). ¿Capturó el acumulado en lugar del mes?"),
    ("accumulated_as_month", PLAIN, {"numerator": Decimal(200), "before": (Decimal(100), Decimal(100))}, Verdict.WARN,
     "El valor se parece al acumulado del año (200). ¿Capturó el acumulado en lugar del mes?"),
    ("jump", PLAIN, {"numerator": Decimal(9800), "recent": SIX}, Verdict.NEEDS_JUSTIFICATION,
     "El valor de octubre (9,800) es más del doble del promedio de los últimos seis meses (4,350). Si es correcto,"
     " explique la causa; si no, corríjalo."),
    ("jump", PLAIN, {"numerator": Decimal(14000), "recent": SIX, "jump_factor": Decimal(3)},
     Verdict.NEEDS_JUSTIFICATION,
     "El valor de octubre (14,000) es más de 3 veces el promedio de los últimos seis meses (4,350). Si es correcto,"
     " explique la causa; si no, corríjalo."),
    ("cause_needed", PLAIN, {"light": Light.AMBER, "compliance": 71.2}, Verdict.FAIL,
     "La meta quedó en 71.2\u00a0% de lo programado. Escriba la causa de la variación y la acción correctiva para"
     " poder enviarla."),
    ("cause_needed", PLAIN, {"light": Light.RED, "compliance": 40.0} | EXPLAINED | {"commitment_on": None},
     Verdict.FAIL,
     "La meta quedó en 40.0\u00a0% de lo programado. Escriba la fecha compromiso y el puesto responsable para poder"
     " enviarla."),
    ("cause_needed", PLAIN, {"light": Light.GREEN, "over": True, "compliance": 168.0}, Verdict.FAIL,
     "Se alcanzó 168.0\u00a0% de lo programado. Escriba la causa; si la programación quedó corta, solicite su ajuste"
     " antes del 31 de diciembre."),
    ("commitment_ahead", PLAIN, {"commitment_on": date(2026, 10, 31)}, Verdict.FAIL,
     "La fecha compromiso (31/10/2026) no es posterior a octubre. Escriba el día en que se verá el cambio."),
    ("evidence_missing", PLAIN, {"evidence_required": True, "required_evidence": "padrón con firma o fotografía"},
     Verdict.FAIL,
     "Falta la evidencia que pide esta meta (padrón con firma o fotografía). La captura se guardó como borrador."),
    ("evidence_missing", PLAIN, {"evidence_required": True}, Verdict.FAIL,
     "Falta la evidencia. Adjúntela para poder enviar. La captura se guardó como borrador."),
    ("evidence_expected", PLAIN, {"required_evidence": "padrón"}, Verdict.WARN,
     "Esta meta espera evidencia (padrón) y todavía no hay ninguna. Puede enviarla así."),
]  # fmt: skip


@pytest.mark.parametrize(("code", "facts", "changes", "verdict", "words"), BROKEN)
@pytest.mark.requirement("A1-01", "A1-12", "A1-17")
def test_a_broken_rule_says_what_where_and_what_now(
    code: str, facts: CaptureFacts, changes: dict[str, Any], verdict: Verdict, words: str
) -> None:
    found = finding(code, facts, **changes)
    assert (found.verdict, found.reason) == (verdict, words)


@pytest.mark.parametrize(("code", "facts", "changes"), PASSING)
def test_a_rule_that_is_met_says_so(code: str, facts: CaptureFacts, changes: dict[str, Any]) -> None:
    assert finding(code, facts, **changes).verdict is Verdict.PASS


@pytest.mark.parametrize(("code", "facts", "changes"), NOT_APPLICABLE)
def test_a_rule_that_has_nothing_to_judge_says_so(code: str, facts: CaptureFacts, changes: dict[str, Any]) -> None:
    assert finding(code, facts, **changes).verdict is Verdict.NOT_APPLICABLE


def test_every_rule_is_tried_passing_and_broken() -> None:
    codes = {rule.code.removeprefix("captures.") for rule in RULEBOOK}
    assert codes == {case[0] for case in BROKEN} == {case[0] for case in PASSING}


@pytest.mark.requirement("A1-12")
def test_what_a_rule_says_is_written_in_the_language_of_who_reads_it() -> None:
    low = finding("cause_needed", PLAIN, light=Light.RED, compliance=71.2)
    jump = finding("jump", PLAIN, numerator=Decimal(9800), recent=SIX)
    assert "quedó en 71.2\u00a0% de lo" in filled(low)
    assert "El valor de octubre (9,800)" in filled(jump)
    with override("en"):
        assert "71.2% " in filled(low)
        assert "The value of October (9,800)" in filled(jump)
