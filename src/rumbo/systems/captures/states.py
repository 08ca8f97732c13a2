"""Where a capture stands and where it may go. Pure.

borrador → en visto bueno del área → en revisión de Planeación → validada; either review may return it, and Planeación
may return what it validated while the month is open. With one review step the area's approval is left out.
"""

from enum import StrEnum

from rumbo.core.rendering.told import Word
from rumbo.core.vocabulary.capture_state import CaptureState as S
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal


class Move(StrEnum):
    SAVE = "save"
    SUBMIT = "submit"
    APPROVE_AREA = "approve_area"
    VALIDATE = "validate"
    RETURN = "return"


ALLOWED: dict[Move, dict[S, S]] = {
    Move.SAVE: {S.MISSING: S.DRAFT, S.DRAFT: S.DRAFT, S.RETURNED: S.RETURNED},
    Move.SUBMIT: {S.DRAFT: S.AREA_REVIEW, S.RETURNED: S.AREA_REVIEW},
    Move.APPROVE_AREA: {S.AREA_REVIEW: S.PLANNING_REVIEW},
    Move.VALIDATE: {S.PLANNING_REVIEW: S.APPROVED},
    Move.RETURN: {S.AREA_REVIEW: S.RETURNED, S.PLANNING_REVIEW: S.RETURNED, S.APPROVED: S.RETURNED},
}
EDITABLE = frozenset(ALLOWED[Move.SAVE])
IN_REVIEW = frozenset({S.AREA_REVIEW, S.PLANNING_REVIEW})

_REFUSED = {
    Move.SAVE: N_("La captura está «%(state)s» y no se puede modificar. Pida a quien la revisa que la devuelva."),
    Move.SUBMIT: N_("La captura está «%(state)s»: ya se había enviado. No se perdió nada."),
    Move.APPROVE_AREA: N_("La captura está «%(state)s»: no espera el visto bueno del área. Actualice la página."),
    Move.VALIDATE: N_("La captura está «%(state)s»: no espera la revisión de Planeación. Actualice la página."),
    Move.RETURN: N_("La captura está «%(state)s»: no hay nada que devolver. Actualice la página."),
}


class NotAllowed(Refusal):
    """The capture is not in a state from which that can be done."""


def after(state: str, move: Move, *, steps: int = 2) -> S:
    """The state that follows. `steps`: review steps of the institution, one or two. Raises NotAllowed."""
    before = S(state)
    following = ALLOWED[move].get(before)
    if following is None:
        raise NotAllowed(_REFUSED[move], state=Word(before.label))
    if following is S.AREA_REVIEW and steps == 1:
        return S.PLANNING_REVIEW
    return following
