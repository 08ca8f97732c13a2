"""What an institution decides about itself, with the defaults that the product proposes (Q-07…Q-12).

Every default here is ours: no source document fixes it. `Configuration` rows keep what each institution decided.
"""

from dataclasses import asdict, dataclass, fields
from typing import Any

from django.utils.translation import gettext as _

from rumbo.core.vocabulary.marking import N_


class InvalidSetting(ValueError):
    """A value that the institution cannot decide; the message says which and why."""


@dataclass(frozen=True, slots=True)
class InstitutionSettings:
    """Days are business days of the month after the evaluated one."""

    capture_due_day: int = 5
    area_review_due_day: int = 7
    close_due_day: int = 10
    stretches_to_report: int = 1
    delivery_same_month: bool = False
    review_steps: int = 2
    evidence_required: bool = False
    evidence_max_megabytes: int = 20
    jump_factor: float = 2.0
    paper: str = "us-letter"
    accent_colour: str = "#1f4e5a"
    term_name: str = "2024-2027"
    fiscal_start: int = 1
    planning_unit_name: str = "Dirección de Planeación"
    contract_number: str = ""
    contractor_name: str = ""
    requesting_area_name: str = ""
    deliveries_total: int = 0
    first_delivery_period: str = ""
    transparency_kept: bool = True
    transparency_due_days: int = 45
    transparency_due_moves: bool = False
    transparency_alert_days: int = 10
    transparency_text_limit: int = 20_000

    @classmethod
    def from_values(cls, values: dict[str, Any]) -> "InstitutionSettings":
        """Defaults with what was decided on top. Raises InvalidSetting."""
        known = {field.name for field in fields(cls)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise InvalidSetting(_("No existe la configuración «%(name)s».") % {"name": unknown[0]})
        settings = cls(**values)
        settings.check()
        return settings

    def check(self) -> None:
        if not 1 <= self.capture_due_day <= self.area_review_due_day <= self.close_due_day <= 23:
            raise InvalidSetting(
                _("Los días de captura, visto bueno y cierre deben ir en ese orden y estar entre 1 y 23 hábiles.")
            )
        if not 1 <= self.stretches_to_report <= 4:
            raise InvalidSetting(_("El plazo de lo que se mide por semana o quincena va de 1 a 4 de ellas."))
        if self.review_steps not in (1, 2):
            raise InvalidSetting(_("La ruta de revisión tiene uno o dos pasos."))
        if self.paper not in ("us-letter", "a4"):
            raise InvalidSetting(_("El papel es carta (us-letter) o A4 (a4)."))
        if self.fiscal_start not in range(1, 13):
            raise InvalidSetting(_("El ejercicio inicia en un mes del 1 al 12."))
        if not 1 <= self.transparency_due_days <= 365:
            raise InvalidSetting(_("El plazo para publicar va de 1 a 365 días naturales."))
        if not 0 <= self.transparency_alert_days <= self.transparency_due_days:
            raise InvalidSetting(_("El aviso de publicación va de 0 días al plazo para publicar."))
        if not 0 <= self.transparency_text_limit <= 32_767:
            raise InvalidSetting(
                _("El límite de texto va de 0 (sin límite) a 32,767, lo que cabe en una celda de Excel.")
            )

    def to_values(self) -> dict[str, Any]:
        """Only what differs from the defaults."""
        defaults = asdict(InstitutionSettings())
        return {name: value for name, value in asdict(self).items() if value != defaults[name]}


LABELS = {
    "capture_due_day": N_("Día hábil en que vence la captura"),
    "area_review_due_day": N_("Día hábil en que vence el visto bueno del área"),
    "close_due_day": N_("Día hábil en que se cierra el mes"),
    "stretches_to_report": N_("Semanas (o quincenas) de plazo para capturar cada una"),
    "delivery_same_month": N_("La entrega se hace el mismo mes con corte anticipado"),
    "review_steps": N_("Pasos de revisión"),
    "evidence_required": N_("La evidencia es obligatoria para enviar"),
    "evidence_max_megabytes": N_("Tamaño máximo de un archivo de evidencia, en MB"),
    "jump_factor": N_("Veces el promedio de seis meses a partir de las que se avisa un salto"),
    "paper": N_("Papel de los documentos"),
    "accent_colour": N_("Color institucional"),
    "term_name": N_("Periodo de gobierno"),
    "fiscal_start": N_("Mes en que inicia el ejercicio"),
    "planning_unit_name": N_("Área que revisa y cierra"),
    "contract_number": N_("Contrato"),
    "contractor_name": N_("Prestador del servicio"),
    "requesting_area_name": N_("Área solicitante"),
    "deliveries_total": N_("Entregas del contrato"),
    "first_delivery_period": N_("Primer mes evaluado en el contrato"),
    "transparency_kept": N_("Lleva aquí sus registros de transparencia (artículo 121)"),
    "transparency_due_days": N_("Días naturales para publicar después de concluido el trimestre"),
    "transparency_due_moves": N_("Si el plazo para publicar vence en día inhábil, pasa al siguiente hábil"),
    "transparency_alert_days": N_("Días antes del vencimiento en que se avisa de una publicación pendiente"),
    "transparency_text_limit": N_("Caracteres de una columna a partir de los que se avisa (0: sin aviso)"),
}
