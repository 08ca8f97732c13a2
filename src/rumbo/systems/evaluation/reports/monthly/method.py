"""Annex A: how every figure was made, in words, from the scheme that was in force. Pure: the scheme says it all."""

from dataclasses import dataclass

from rumbo.core.engine.scheme import Scheme
from rumbo.core.rendering.text import number
from rumbo.core.vocabulary.accumulation import Accumulation
from rumbo.core.vocabulary.evaluation_policy import AchievedRequires, DecreasingFormula, MissingPolicy, RangeFormula
from rumbo.core.vocabulary.light import Light
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.performance_class import PerformanceClass
from rumbo.systems.evaluation.reports.words import Voice


@dataclass(frozen=True, slots=True)
class Part:
    title: str
    points: tuple[str, ...]


def method(voice: Voice, scheme: Scheme, others: tuple[str, ...] = ()) -> list[Part]:
    """In the order in which the engine works: accumulate, compare, colour, classify, group.

    `others`: what is to be said of the scales that evaluated only some goals.
    """
    return [
        _percentages(voice),
        _accumulation(voice),
        _formulas(voice, scheme),
        _scales(voice, scheme, others),
        _missing(voice, scheme),
        _over(voice, scheme),
        _groups(voice, scheme),
    ]


def _percentages(voice: Voice) -> Part:
    say = voice.say
    return Part(
        say(N_("Qué porcentaje es cada uno")),
        (
            say(N_("Cumplimiento del mes: lo realizado en el mes entre lo programado en el mes.")),
            say(
                N_(
                    "Cumplimiento al corte: lo realizado acumulado entre lo programado acumulado. De él salen el "
                    "semáforo, la clasificación y el lugar."
                )
            ),
            say(N_("Avance anual: lo realizado acumulado entre la meta anual.")),
        ),
    )


def _accumulation(voice: Voice) -> Part:
    say = voice.say
    texts = {
        Accumulation.SUM: N_("los meses se suman."),
        Accumulation.LAST: N_("vale el último dato reportado."),
        Accumulation.AVERAGE: N_("promedio de los meses reportados."),
        Accumulation.RATIO: N_("suma de numeradores entre suma de denominadores; nunca promedio de porcentajes."),
        Accumulation.RATE: N_("cuánto cambió la suma de numeradores respecto de la suma de denominadores."),
        Accumulation.PERIODIC: N_("cada corte se compara solo con su propia programación."),
    }
    return Part(
        say(N_("Cómo se acumula")), tuple(f"{say(mode.technical)}: {say(text)}" for mode, text in texts.items())
    )


def _formulas(voice: Voice, scheme: Scheme) -> Part:
    say = voice.say
    decreasing = {
        DecreasingFormula.RATIO: N_(
            "Mientras menos, mejor: 100 × programado ÷ realizado; 100 si lo realizado es cero."
        ),
        DecreasingFormula.BASELINE: N_(
            "Mientras menos, mejor: 100 × (línea base − realizado) ÷ (línea base − programado)."
        ),
        DecreasingFormula.BASELINE_ELSE_RATIO: N_(
            "Mientras menos, mejor: 100 × (línea base − realizado) ÷ (línea base − programado) si la línea base es "
            "mayor que lo programado; si no, 100 × programado ÷ realizado."
        ),
    }
    ranges = {
        RangeFormula.BOUND: N_(
            "Dentro de un rango: 100 dentro de él; fuera, baja con la distancia al "
            "límite más cercano, entre ese límite."
        ),
        RangeFormula.WIDTH: N_(
            "Dentro de un rango: 100 dentro de él; fuera, baja con la distancia al límite más cercano, entre el ancho "
            "del rango."
        ),
    }
    return Part(
        say(N_("Fórmulas por sentido")),
        (
            say(N_("Mientras más, mejor: 100 × realizado ÷ programado.")),
            say(decreasing[scheme.decreasing]),
            say(ranges[scheme.range_formula]),
            say(
                N_(
                    "Justo en el valor programado: 100 menos la distancia a lo programado, "
                    "en porcentaje de lo programado."
                )
            ),
        ),
    )


def _scales(voice: Voice, scheme: Scheme, others: tuple[str, ...]) -> Part:
    say, share = voice.say, voice.percent
    requires = {
        AchievedRequires.YEAR: N_(
            "«%(word)s» exige haber alcanzado la meta anual, o que la programación del año haya terminado con %(from)s "
            "o más; antes, %(from)s o más al corte es «%(good)s»."
        ),
        AchievedRequires.TO_DATE: N_("«%(word)s»: %(from)s o más al corte."),
    }
    return Part(
        say(N_("Escalas vigentes")),
        (
            say(
                N_(
                    "Semáforo: %(green)s, %(from)s o más · %(amber)s, de %(low)s a "
                    "menos de %(from)s · %(red)s, menos de %(low)s."
                ),
                green=say(Light.GREEN.label), amber=say(Light.AMBER.label), red=say(Light.RED.label),
                low=share(scheme.amber), **{"from": share(scheme.green)},
            ),
            say(
                N_(
                    "Clasificación: %(good)s, %(from)s o más · %(fair)s, de %(low)s a "
                    "menos de %(from)s · %(poor)s, menos de %(low)s."
                ),
                good=say(PerformanceClass.GOOD.label), fair=say(PerformanceClass.FAIR.label),
                poor=say(PerformanceClass.POOR.label), low=share(scheme.fair), **{"from": share(scheme.good)},
            ),
            say(
                requires[scheme.achieved_requires],
                word=say(PerformanceClass.ACHIEVED.label), good=say(PerformanceClass.GOOD.label),
                **{"from": share(scheme.achieved)},
            ),
            say(
                N_(
                    "Los porcentajes se redondean a %(decimals)s decimal (la mitad, hacia arriba) antes de compararse "
                    "con las escalas y de ordenarse: lo impreso es lo que se clasifica."
                ),
                decimals=number(scheme.decimals),
            ),
            *_units(voice, scheme),
            *others,
        ),
    )  # fmt: skip


def _units(voice: Voice, scheme: Scheme) -> tuple[str, ...]:
    if scheme.units_green is None or scheme.units_amber is None:
        return ()
    return (
        voice.say(
            N_(
                "Cerca de cero se juzga por la distancia a lo programado, en la unidad de cada meta: %(green)s hasta "
                "%(near)s, %(amber)s hasta %(far)s, %(red)s más lejos; esas metas no llevan porcentaje al corte."
            ),
            green=voice.say(Light.GREEN.label), amber=voice.say(Light.AMBER.label), red=voice.say(Light.RED.label),
            near=f"{scheme.units_green:g}", far=f"{scheme.units_amber:g}",
        ),
    )  # fmt: skip


def _missing(voice: Voice, scheme: Scheme) -> Part:
    say = voice.say
    silence = {
        MissingPolicy.SILENCE_NEVER_PAYS: N_(
            "No reportar nunca mejora un resultado: el mes debido sin reporte lleva su marca y no puede mostrar mejor "
            "semáforo ni clasificación que el corte anterior; con %(silent)s cortes seguidos sin reporte la meta queda "
            "«%(no_data)s»."
        ),
        MissingPolicy.NOTHING_DONE: N_("Lo no reportado cuenta como no realizado."),
        MissingPolicy.LAST_KNOWN: N_("Vale lo último que se conoce; lo que falta suma cero."),
    }
    return Part(
        say(N_("Sin dato, sin programación y no calculable")),
        (
            say(silence[scheme.missing], silent=number(scheme.silent_slots), no_data=say(Light.NO_DATA.label)),
            say(
                N_(
                    "«%(light)s»: la programación acumulada es cero; el avance anterior a "
                    "ella se marca como anticipado, "
                    "sin porcentaje."
                ),
                light=say(Light.NOT_SCHEDULED.label),
            ),
            say(
                N_("«%(light)s»: la operación no tiene resultado (por ejemplo, denominador cero); se dice el motivo."),
                light=say(Light.NOT_COMPUTABLE.label),
            ),
            say(
                N_("Ninguno de los tres es rojo, recibe lugar ni entra en promedios; se listan como «Sin clasificar».")
            ),
        ),
    )


def _over(voice: Voice, scheme: Scheme) -> Part:
    say = voice.say
    if scheme.over_threshold is None:
        mark = say(N_("El sobrecumplimiento no se marca."))
    else:
        mark = say(
            N_("Por encima de %(over)s se agrega la marca ⇧. %(effect)s."),
            over=voice.percent(scheme.over_threshold),
            effect=say(scheme.over_achievement.label),
        )
    cap = (
        say(
            N_(
                "En los promedios de áreas y ejes cada meta aporta como máximo %(cap)s; "
                "su renglón conserva la cifra real."
            ),
            cap=voice.percent(scheme.cap),
        )
        if scheme.cap is not None
        else say(N_("Los promedios de áreas y ejes no tienen tope por meta."))
    )
    return Part(say(N_("Sobrecumplimiento y topes")), (mark, cap))


def _groups(voice: Voice, scheme: Scheme) -> Part:
    say = voice.say
    return Part(
        say(N_("Áreas, ejes e institución")),
        (
            say(
                N_(
                    "Cumplimiento promedio y avance anual: media de las metas con color, "
                    "ponderada por el peso de cada meta."
                )
            ),
            say(N_("Cobertura: metas con color entre metas con color o sin dato.")),
            say(N_("Porcentaje de metas cumplidas o con buen desempeño: sobre las metas con color o sin dato.")),
            say(
                N_(
                    "Lugar: del mayor al menor cumplimiento al corte; los empates comparten "
                    "lugar y se listan por peso y clave."
                )
            ),
            say(
                N_(
                    "Proyección: lo que falta de la programación, cumplido en la misma proporción que hasta el corte. "
                    "No es una meta ni un compromiso."
                )
            ),
        ),
    )
