"""What each role may do, in words that the people page shows. Approved by whoever answers for security."""

from dataclasses import dataclass

from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.permission import Permission as P
from rumbo.core.vocabulary.role import Role


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """`needs_unit`: the role is held over an area and everything below it, never over the whole institution."""

    role: Role
    description: str
    permissions: frozenset[P]
    needs_unit: bool = False


_EVERYONE = frozenset({P.VIEW_INBOX, P.VIEW_PLAN})
_READS = _EVERYONE | {P.VIEW_BOARDS, P.VIEW_REPORTS}

ROLES: dict[Role, RoleDefinition] = {
    definition.role: definition
    for definition in (
        RoleDefinition(
            Role.CAPTURER,
            N_("Captura los valores de su área, adjunta evidencia y ve el tablero de su área."),
            _EVERYONE | {P.VIEW_BOARDS, P.CAPTURE},
            needs_unit=True,
        ),
        RoleDefinition(
            Role.AREA_HEAD,
            N_("Da el visto bueno a lo que captura su área y pide correcciones de meses cerrados."),
            _EVERYONE | {P.VIEW_BOARDS, P.APPROVE_AREA, P.VIEW_RESERVED_EVIDENCE},
            needs_unit=True,
        ),
        RoleDefinition(
            Role.REVIEWER,
            N_("Revisa y valida las capturas de todas las áreas o las devuelve con motivo."),
            _READS | {P.VALIDATE, P.VIEW_RESERVED_EVIDENCE, P.PREPARE_REPORTS},
        ),
        RoleDefinition(
            Role.CLOSER,
            N_("Valida, cierra el mes, decide correcciones, mantiene el plan y las metas y publica."),
            _READS
            | {
                P.VALIDATE,
                P.CLOSE_MONTH,
                P.CORRECT_CLOSED_MONTH,
                P.EDIT_PLAN,
                P.EDIT_GOALS,
                P.PREPARE_REPORTS,
                P.VIEW_RESERVED_EVIDENCE,
                P.PUBLISH_TRANSPARENCY,
                P.CONFIGURE,
            },
        ),
        RoleDefinition(
            Role.INSTITUTION_HEAD, N_("Consulta los tableros y los informes de toda la institución."), _READS
        ),
        RoleDefinition(
            Role.CONTRACTOR,
            N_("Prepara los informes con los resultados sellados; no puede alterar ningún dato."),
            _READS | {P.PREPARE_REPORTS},
        ),
        RoleDefinition(
            Role.REQUESTING_AREA,
            N_("Verifica los entregables y los acepta o los observa."),
            _READS | {P.ACCEPT_DELIVERABLES},
        ),
        RoleDefinition(
            Role.AUDITOR,
            N_("Consulta todo, incluida la bitácora y la evidencia reservada; no modifica nada."),
            _READS | {P.VIEW_TRAIL, P.VIEW_RESERVED_EVIDENCE},
        ),
        RoleDefinition(
            Role.ADMINISTRATOR,
            N_("Administra áreas, personas y la configuración; no captura ni valida."),
            _EVERYONE | {P.CONFIGURE, P.MANAGE_PEOPLE, P.VIEW_TRAIL},
        ),
    )
}
