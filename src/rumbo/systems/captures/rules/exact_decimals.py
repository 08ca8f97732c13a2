"""Un valor tiene como máximo seis decimales y catorce enteros: lo que se captura es lo que se guarda."""

from decimal import Decimal

from rumbo.core.rules import Citation, Finding, Rule, Severity, passed
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.captures.rules._facts import CaptureFacts

MOST_DECIMALS = 6  # the columns are Decimal(20, 6)
MOST_WHOLE_DIGITS = 14


def is_exact(value: Decimal) -> bool:
    """Whether the value is stored as it was written."""
    if not value.is_finite():
        return False
    plain = value.normalize().as_tuple()
    decimals = -int(plain.exponent)
    return decimals <= MOST_DECIMALS and len(plain.digits) - decimals <= MOST_WHOLE_DIGITS


def check(facts: CaptureFacts) -> Finding:
    inexact = [value for value in facts.values if not is_exact(value)]
    if inexact:
        return RULE.broken(
            N_("«%(value)s» tiene más de seis decimales o más de catorce enteros. Redondéelo y vuelva a guardar."),
            value=str(inexact[0]),
        )
    return passed(N_("El valor cabe como se escribió."))


RULE: Rule[CaptureFacts] = Rule(
    code="captures.exact_decimals",
    sentence=N_("Un valor tiene como máximo seis decimales: lo que se captura es lo que se guarda."),
    citation=Citation(N_("Regla del producto"), N_("números"), ours=True),
    severity=Severity.BLOCKS,
    check=check,
)
