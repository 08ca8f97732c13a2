"""The question that every write of the plan asks first."""

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Actor, Permission
from rumbo.core.vocabulary.refusal import Forbidden


def may_edit_plan(by: Actor, institution_id: int) -> None:
    """Raises Forbidden."""
    if not by.may(Permission.EDIT_PLAN, institution_id):
        raise Forbidden(
            N_("No se guardó el plan: lo mantiene la Dirección de Planeación. Si requiere un cambio, solicítelo ahí.")
        )
