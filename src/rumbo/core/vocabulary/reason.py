"""Why a result has no colour, or a colour other than its percentage alone would give."""

from enum import IntEnum

from rumbo.core.vocabulary.marking import N_


class Reason(IntEnum):
    NONE = 0
    NOT_ENDED = 1
    BEFORE_FIRST_SLOT = 2
    NEVER_REPORTED = 3
    SILENT = 4
    NOTHING_SCHEDULED = 5
    NO_PROGRAMME = 6
    ZERO_DENOMINATOR = 7
    NO_RANGE = 8
    NO_BASELINE = 9
    NEGATIVE_PROGRAMME = 10
    UNDEFINED = 11
    HELD_BY_SILENCE = 12
    OVER_ACHIEVED = 13
    BY_DISTANCE = 14

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Reason.NONE: "",
    Reason.NOT_ENDED: N_("El periodo no ha terminado."),
    Reason.BEFORE_FIRST_SLOT: N_("Todavía no corresponde su primer reporte del año."),
    Reason.NEVER_REPORTED: N_("Nunca ha reportado en el año."),
    Reason.SILENT: N_("Dos cortes seguidos o más sin reporte."),
    Reason.NOTHING_SCHEDULED: N_("La programación acumulada al corte es cero."),
    Reason.NO_PROGRAMME: N_("No tiene programación al corte."),
    Reason.ZERO_DENOMINATOR: N_("El denominador acumulado es cero: no hubo casos que medir."),
    Reason.NO_RANGE: N_("No tiene definidos los límites de su rango."),
    Reason.NO_BASELINE: N_("La línea base no es mayor que lo programado, o no está definida."),
    Reason.NEGATIVE_PROGRAMME: N_("Lo programado es negativo: el cociente no tiene sentido."),
    Reason.UNDEFINED: N_("La operación no tiene resultado con estos datos."),
    Reason.HELD_BY_SILENCE: N_("Sin reporte no mejora: conserva el color o la clase del corte anterior."),
    Reason.OVER_ACHIEVED: N_("Rebasa la banda superior de la escala."),
    Reason.BY_DISTANCE: N_("Se juzga por la distancia en unidades: tan cerca de cero, un porcentaje no dice nada."),
}
