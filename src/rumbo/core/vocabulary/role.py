"""Roles that a person can hold in an institution."""

from enum import StrEnum

from rumbo.core.vocabulary.marking import N_


class Role(StrEnum):
    CAPTURER = "capturer"
    AREA_HEAD = "area_head"
    REVIEWER = "reviewer"
    CLOSER = "closer"
    INSTITUTION_HEAD = "institution_head"
    CONTRACTOR = "contractor"
    REQUESTING_AREA = "requesting_area"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Role.CAPTURER: N_("Captura del área"),
    Role.AREA_HEAD: N_("Titular del área (visto bueno)"),
    Role.REVIEWER: N_("Dirección de Planeación (revisión)"),
    Role.CLOSER: N_("Dirección de Planeación (validación y cierre)"),
    Role.INSTITUTION_HEAD: N_("Persona titular de la institución"),
    Role.CONTRACTOR: N_("Prestador del servicio"),
    Role.REQUESTING_AREA: N_("Área solicitante"),
    Role.AUDITOR: N_("Órgano Interno de Control (consulta)"),
    Role.ADMINISTRATOR: N_("Administración del sistema"),
}
