"""What was missing in a cell and how it was treated, in sentences."""

import numpy as np

from rumbo.core.engine.block import Block, Result
from rumbo.core.engine.explanation import Sentence, number, written
from rumbo.core.engine.missing import owed, reports
from rumbo.core.engine.progress import tolerance
from rumbo.core.engine.scheme import Scheme
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.direction import Direction
from rumbo.core.vocabulary.evaluation_policy import AchievedRequires, MissingPolicy
from rumbo.core.vocabulary.mark import Mark
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.core.vocabulary.reason import Reason


def notes_of(one: Block, scheme: Scheme, result: Result, row: int, slot: int) -> list[Sentence]:
    """What was missing and how it was treated, in the order in which it matters."""
    reason = Reason(int(result.reason[row, slot]))
    shown = int(result.last_slot[row, slot])
    # of a distance, the note about its bands says it
    notes = [Sentence(reason.label)] if reason not in (Reason.NONE, Reason.BY_DISTANCE) else []
    if shown < 0:
        return notes
    if shown != slot:
        notes.append(Sentence(N_("Este mes no le corresponde reporte: se muestra su último corte.")))
    notes += _silence_notes(one, scheme, shown)
    notes += _distance_notes(one, scheme, result.distance[row, slot])
    notes += _figure_notes(scheme, result, row, slot)
    if result.marks[row, slot] & Mark.AHEAD:
        notes.append(Sentence(N_("Hay avance antes de lo programado: se marca, sin porcentaje.")))
    if result.marks[row, slot] & Mark.OVER:
        over = written(scheme.over_threshold)
        notes.append(
            Sentence(N_("Rebasa %(over)s %% de lo programado: conviene revisar la programación."), {"over": over})
        )
    pct, grade = result.compliance_to_date[row, slot], int(result.performance_class[row, slot])
    waits = scheme.achieved_requires is AchievedRequires.YEAR and grade == PerformanceClass.GOOD
    if waits and pct >= scheme.achieved and reason is not Reason.HELD_BY_SILENCE:
        notes.append(
            Sentence(N_("Será «Cumplida» al alcanzar la meta anual o al terminar su programación con 100 o más."))
        )
    kept = number(result.compliance_capped[row, slot])
    if kept is not None and kept != pct:
        notes.append(Sentence(N_("En los promedios cuenta como %(kept)s %%."), {"kept": written(kept)}))
    return notes


def _distance_notes(one: Block, scheme: Scheme, distance: float) -> list[Sentence]:
    """Whose bands ruled where the row is judged by its distance."""
    if np.isnan(distance):
        return []
    whose = N_(
        "Se clasifica por distancia en unidades, con las bandas propias del indicador en el año: hasta %(green)s, en"
        " meta; hasta %(amber)s, en riesgo."
    )
    if np.isnan(one.units_green[0]):
        whose = N_(
            "Se clasifica por distancia en unidades, con las bandas de la escala: hasta %(green)s, en meta; hasta"
            " %(amber)s, en riesgo."
        )
    green, amber = tolerance(one.units_green, scheme.units_green), tolerance(one.units_amber, scheme.units_amber)
    return [Sentence(whose, {"green": written(float(green[0])), "amber": written(float(amber[0]))})]


def _figure_notes(scheme: Scheme, result: Result, row: int, slot: int) -> list[Sentence]:
    """What was done to the figure itself: kept within limits, or measured against two programmes."""
    notes = []
    pct = number(result.compliance_to_date[row, slot])
    if pct is not None and pct in (scheme.least, scheme.most):
        side = N_("El porcentaje se conserva en %(limit)s como máximo.")
        if pct == scheme.least:
            side = N_("El porcentaje se conserva en %(limit)s como mínimo.")
        notes.append(Sentence(side, {"limit": written(pct)}))
    original = number(result.compliance_original[row, slot])
    if original is not None:
        notes.append(
            Sentence(
                N_("La programación fue modificada: contra la original llevaría %(original)s %%."),
                {"original": written(original)},
            )
        )
    if result.streak[row, slot] and result.since[row, slot] < 0:
        notes.append(Sentence(N_("La racha viene de un ejercicio anterior.")))
    return notes


def _silence_notes(one: Block, scheme: Scheme, shown: int) -> list[Sentence]:
    missed = int((owed(one) & ~reports(one, scheme))[0, : shown + 1].sum())
    if not missed:
        return []
    notes = [Sentence(N_("Cortes sin reporte hasta aquí: %(missed)d."), {"missed": missed})]
    mode = Accumulation(int(one.accumulation[0]))
    if scheme.missing is MissingPolicy.NOTHING_DONE:
        return notes
    if scheme.missing is MissingPolicy.LAST_KNOWN:
        return [*notes, Sentence(N_("Vale lo último que se conoce; lo que falta suma cero."))]
    if mode is Accumulation.SUM and one.direction[0] == Direction.INCREASING:
        notes.append(Sentence(N_("Lo no reportado cuenta como no realizado; lo programado sigue corriendo.")))
    elif mode is Accumulation.SUM:
        notes.append(Sentence(N_("Se comparan solo los meses reportados, en lo programado y en lo realizado.")))
    elif mode is Accumulation.PERIODIC:
        notes.append(Sentence(N_("Se muestra el último mes reportado, con su propia programación.")))
    elif mode is Accumulation.AVERAGE or mode.by_parts:
        notes.append(Sentence(N_("Los meses sin reporte no entran en lo realizado.")))
    else:
        notes.append(Sentence(N_("Se conserva el último valor reportado.")))
    return notes
