"""What the captures refuse, in the words of the product: what happened, where, and what to do now."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from rumbo.core.rendering.text import clock_time
from rumbo.core.rendering.told import Day, Figure, Month, Names
from rumbo.core.rules import Judgement
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal

if TYPE_CHECKING:
    from datetime import datetime

    from rumbo.systems.captures.models import Capture
    from rumbo.systems.captures.queries import PendingUnit


class PeriodClosed(Refusal):
    """The month is locked: nothing of it is edited again."""

    def __init__(self, period: int, locked_on: date) -> None:
        super().__init__(
            N_("%(month)s se cerró el %(day)s. Para cambiar un dato, use «Solicitar corrección de un mes cerrado»."),
            month=Month(period, first=True),
            day=Day(locked_on),
        )
        self.period = period


class CapturedAlready(Refusal):
    """The fiscal year cannot start in another month: something is captured in this one's."""

    def __init__(self) -> None:
        super().__init__(
            N_(
                "El mes en que inicia el ejercicio ya no cambia: hay datos capturados, y sus meses serían de otro año."
                " Otro ejercicio se lleva en otra institución."
            )
        )


class ProgrammeOfClosedMonth(Refusal):
    """A change of programme reaches a month whose results are sealed."""

    def __init__(self, period: int, locked_on: date) -> None:
        super().__init__(
            N_(
                "La programación de %(month)s no cambió: el mes se cerró el %(day)s. "
                "Reprograme desde un mes abierto. No se guardó nada."
            ),
            month=Month(period),
            day=Day(locked_on),
        )


class NotStarted(Refusal):
    def __init__(self, period: int) -> None:
        super().__init__(
            N_("%(month)s todavía no empieza. Capture el mes en curso o los anteriores que sigan abiertos."),
            month=Month(period, first=True),
        )


class NotDue(Refusal):
    def __init__(self, code: str, period: int) -> None:
        super().__init__(
            N_("%(code)s no corresponde en %(month)s por su frecuencia de medición. No se guardó nada."),
            code=code,
            month=Month(period),
        )


class InexactValue(Refusal):
    def __init__(self, value: str) -> None:
        super().__init__(
            N_("«%(value)s» tiene más de seis decimales o más de catorce enteros. Redondéelo y vuelva a guardar."),
            value=value,
        )


class Conflict(Refusal):
    """Somebody else saved in between. `current` is what is stored; `attempted`, what was not: nothing is lost."""

    def __init__(self, current: "Capture", attempted: Mapping[str, Any], *, who: str, at: "datetime") -> None:
        super().__init__(
            N_(
                "Otra persona (%(who)s) guardó esta captura a las %(time)s. Su versión no se perdió: compárelas y"
                " elija."
            ),
            who=who,
            time=clock_time(at),
        )
        self.current = current
        self.attempted = dict(attempted)


class SelfReview(Refusal):
    def __init__(self) -> None:
        super().__init__(N_("Usted capturó este dato; la revisión corresponde a otra persona."))


class UnavailableIncomplete(Refusal):
    def __init__(self) -> None:
        super().__init__(
            N_("Para decir que aún no se cuenta con el dato escriba la razón y la fecha en que se espera.")
        )


class Unfinished(Refusal):
    """The rules block the sending. The capture stays as a draft; `judgements` are those that ask for something."""

    def __init__(self, judgements: Sequence[Judgement]) -> None:
        first = judgements[0].finding
        super().__init__(first.template, **dict(first.params))
        self.judgements = tuple(judgements)


class AlreadyCaptured(Refusal):
    def __init__(self, code: str, period: int) -> None:
        super().__init__(
            N_(
                "%(code)s ya tiene en %(month)s una captura que no es carga histórica. No se cargó ninguna fila;"
                " quite esa fila o corrija la captura en su página."
            ),
            code=code,
            month=Month(period),
        )


class MonthStillOpen(Refusal):
    def __init__(self, period: int) -> None:
        super().__init__(
            N_("%(month)s sigue abierto: cambie el dato en su captura, no hace falta una corrección."),
            month=Month(period, first=True),
        )


class CorrectionIncomplete(Refusal):
    """A correction says what changes and why; a supplementary one, with its letter."""


class CorrectionDecided(Refusal):
    def __init__(self) -> None:
        super().__init__(N_("Esta solicitud ya se había decidido. Actualice la página para ver qué se resolvió."))


class SupplementaryNeeded(Refusal):
    def __init__(self, period: int) -> None:
        super().__init__(
            N_(
                "Esta corrección pide un cierre complementario de %(month)s. Apruébela desde el cierre de ese mes, con"
                " su oficio, o regístrela como ajuste del siguiente mes abierto."
            ),
            month=Month(period),
        )


class UnitsPending(Refusal):
    """Areas that have not finished. `pending` says which; each needs a reason to be accepted as an omission."""

    def __init__(self, period: int, pending: "Sequence[PendingUnit]") -> None:
        super().__init__(
            N_(
                "%(month)s tiene capturas sin terminar en %(count)s áreas (%(names)s). Espere a que terminen o acepte"
                " cada omisión con su razón; no se cerró nada."
            ),
            month=Month(period, first=True),
            count=Figure(len(pending)),
            names=Names(tuple(unit.unit_name for unit in pending)),
        )
        self.pending = tuple(pending)
