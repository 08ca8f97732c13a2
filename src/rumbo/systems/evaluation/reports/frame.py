"""What every document carries: whose it is, of which month and delivery, its closing and what proves it."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from rumbo.core.rendering.text import short_date
from rumbo.core.timekeeping.period import Period
from rumbo.core.timekeeping.slots import FiscalYear
from rumbo.core.vocabulary.data_nature import notice_of
from rumbo.core.vocabulary.marking import N_
from rumbo.foundation.audit import queries as audit
from rumbo.foundation.organization import queries as organization
from rumbo.foundation.organization.settings import InstitutionSettings
from rumbo.systems.evaluation.models import Closing
from rumbo.systems.evaluation.reports.words import Voice

if TYPE_CHECKING:
    from rumbo.foundation.organization.models import Institution, Unit

EMBLEM = "emblem.svg"
SHORT = 12  # characters of a digest in a footer; the control sheet prints it whole
_PAPERS = {"us-letter": ("216mm", "279mm"), "a4": ("210mm", "297mm")}
_KINDS = {
    Closing.Kind.ORDINARY: N_("Cierre ordinario"),
    Closing.Kind.SUPPLEMENTARY: N_("Cierre complementario"),
    Closing.Kind.HISTORICAL: N_("Carga histórica"),
}


@dataclass(frozen=True, slots=True)
class Frame:
    """`closing` None: a document of the plan, which needs no sealed month. `audit_head`, printed, finds a cut tail."""

    institution: "Institution"
    period: Period
    closing: Closing | None
    settings: InstitutionSettings
    voice: Voice
    on: date
    audit_head: str
    site: str = ""
    units: "list[Unit]" = field(default_factory=list)

    @property
    def year(self) -> FiscalYear:
        """The fiscal year of the month."""
        return self.institution.year_of(self.period)

    @property
    def banner(self) -> str:
        name = self.institution.short_name or self.institution.name
        return notice_of(self.institution.nature, name, translate=self.voice.translate, language=self.voice.language)

    @property
    def root_code(self) -> str:
        return self.units[0].code if self.units else self.institution.slug.upper()

    def folio(self, kind: str) -> str:
        """«AMH-IME-2026-10-C1»: institution, document, month and closing."""
        tail = f"-C{self.closing.number}" if self.closing else ""
        return f"{self.root_code}-{kind}-{self.period}{tail}"

    @property
    def delivery_number(self) -> int | None:
        """Place of the evaluated month among those of the contract, None outside it."""
        if not self.settings.first_delivery_period or not self.settings.deliveries_total:
            return None
        number = self.period.index - Period.parse(self.settings.first_delivery_period).index + 1
        return number if 1 <= number <= self.settings.deliveries_total else None

    @property
    def delivery_period(self) -> Period:
        """Mes vencido unless the contract delivers in the month itself (Q-12)."""
        return self.period if self.settings.delivery_same_month else self.period.plus(1)

    @property
    def delivery(self) -> str:
        """«Entrega 10 de 11 (noviembre de 2026)»; empty without a contract."""
        if self.delivery_number is None:
            return ""
        return self.voice.say(
            N_("Entrega %(number)s de %(total)s (%(month)s)"),
            number=self.delivery_number,
            total=self.settings.deliveries_total,
            month=self.voice.month_and_year(self.delivery_period),
        )

    @property
    def address(self) -> str:
        """Where the closing can be seen and its digest compared."""
        number = self.closing.number if self.closing else 1
        return f"{self.site.rstrip('/')}/i/{self.institution.slug}/cierre/{self.period}/{number}/"

    @property
    def parameters(self) -> str:
        """The note under every light: this default is ours, or the institution's (A.5)."""
        if self.closing is None:
            return ""
        version = self.closing.scheme_version
        return self.voice.say(
            N_(
                "Parámetros de semaforización y clasificación vigentes desde el %(since)s, definidos por la "
                "institución (versión %(version)s). No existe un umbral oficial aplicable; el sistema propuso los "
                "valores iniciales."
            ),
            since=short_date(version.effective_from),
            version=version.number,
        )

    def closing_kind(self, closing: Closing) -> str:
        return self.voice.say(_KINDS[Closing.Kind(closing.kind)])

    def data(self, *, name: str, kind: str) -> dict[str, Any]:
        """What `paper()` of the shared library takes, as JSON."""
        width, height = _PAPERS[self.settings.paper]
        return {
            "institution": self.institution.name,
            "name": name,
            "folio": self.folio(kind),
            "cutoff": self.voice.long_date(self.closing.cutoff_on) if self.closing else None,
            "closing": str(self.closing.number) if self.closing else None,
            "digest": (self.closing.digest if self.closing else self.audit_head)[:SHORT],
            "banner": self.banner or None,
            "accent": self.settings.accent_colour,
            "logo": EMBLEM if self.institution.logo else None,
            "paper": [width, height],
        }


def frame_of(
    institution: "Institution",
    period: Period,
    closing: Closing | None,
    *,
    voice: Voice,
    on: date,
    site: str = "",
) -> Frame:
    """With the settings in force on the month's last day and the head of the trail as it is now. Three queries."""
    return Frame(
        institution=institution,
        period=period,
        closing=closing,
        settings=organization.settings_on(institution, period.last_day),
        voice=voice,
        on=on,
        audit_head=audit.head_hash(institution.slug),
        site=site,
        units=organization.units_of(institution, with_retired=True),
    )
