"""What was not evaluated by the institution's scale: by which, since when and why; and what was judged in units."""

from collections.abc import Sequence

from rumbo.core.rendering.text import integer
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.models import SchemeAssignment
from rumbo.systems.evaluation.queries.schemes import parameters_of
from rumbo.systems.evaluation.queries.sealed_month import Month, OtherScale
from rumbo.systems.evaluation.reports.words import Voice

NAMED = 12  # codes that a sentence lists; the rest are counted


def other_scales(voice: Voice, month: Month) -> tuple[str, ...]:
    """One sentence for each scale, and one for what was judged by its distance."""
    by_distance = [row.code for row in month.rows if row.light.is_colour and row.compliance_to_date is None]
    said = [_scale(voice, one) for one in month.others]
    if by_distance:
        said.append(
            voice.say(
                N_("Por su distancia a lo programado, en unidades, se juzgaron: %(goals)s."),
                goals=_codes(voice, by_distance),
            )
        )
    return tuple(said)


def _scale(voice: Voice, other: OtherScale) -> str:
    bands = parameters_of(other.version)
    said = voice.say(
        N_(
            "Escala «%(name)s», versión %(number)s: %(green)s, %(from)s o más · %(amber)s, %(low)s o más. Evaluó:"
            " %(goals)s."
        ),
        name=other.version.name or other.version.scheme, number=other.version.number,
        green=voice.say(Light.GREEN.label), amber=voice.say(Light.AMBER.label), low=voice.percent(bands.amber),
        goals=_codes(voice, other.goals), **{"from": voice.percent(bands.green)},
    )  # fmt: skip
    return " ".join([said, *(_assigned(voice, one) for one in other.assignments)])


def _assigned(voice: Voice, one: SchemeAssignment) -> str:
    since, reason = voice.long_date(one.effective_from), one.reason
    if one.contract is not None:
        named = N_("Asignada al contrato %(number)s desde el %(since)s. Motivo: %(reason)s.")
        return voice.say(named, number=one.contract.number, since=since, reason=reason)
    code = one.indicator.code if one.indicator else ""
    return voice.say(
        N_("Asignada al indicador %(code)s desde el %(since)s. Motivo: %(reason)s."),
        code=code, since=since, reason=reason,
    )  # fmt: skip


def _codes(voice: Voice, codes: Sequence[str]) -> str:
    if len(codes) <= NAMED:
        return voice.listed(codes)
    return voice.say(N_("%(codes)s y %(more)s más"), codes=", ".join(codes[:NAMED]), more=integer(len(codes) - NAMED))
