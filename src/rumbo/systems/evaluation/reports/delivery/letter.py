"""Oficio de entrega: one page, to be numbered and signed by whoever delivers."""

from rumbo.core.rendering import document
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.frame import Frame

BLANK = "____________"
PLACE = N_("Ciudad de México")


def letter(frame: Frame, *, posts: dict[str, str], annexes: list[str]) -> bytes:
    """DOCX. `posts` are those of the control sheet; `annexes` the names of what is delivered."""
    voice, say = frame.voice, frame.voice.say
    month = voice.month_and_year(frame.period)
    return document.letter(
        on=frame.on,
        place=say(PLACE),
        number=BLANK,
        subject=say(N_("Entrega del informe mensual de evaluación de %(month)s"), month=month),
        addressee=[
            say(N_("Persona titular: %(post)s"), post=posts.get("received") or BLANK),
            frame.institution.name,
        ],
        paragraphs=_paragraphs(frame, month),
        signatory=[posts.get("prepared") or BLANK, say(N_("Nombre y firma"))],
        annexes=annexes,
        copies=[posts["approved"]] if posts.get("approved") else [],
        institution=frame.institution.name,
        banner=frame.banner or None,
        language=voice.language,
        labels=(
            say(document.NUMBER), say(document.SUBJECT), say(document.PRESENT), say(document.REGARDS),
            say(document.ANNEXES),
        ),
    )  # fmt: skip


def _paragraphs(frame: Frame, month: str) -> list[str]:
    """By virtue of which contract, from which closing, and what is asked for."""
    voice, say = frame.voice, frame.voice.say
    closing = frame.closing
    paragraphs = []
    if frame.settings.contract_number:
        paragraphs.append(
            say(
                N_(
                    "En cumplimiento del contrato %(contract)s, entrego a usted la evaluación y reporte mensual de "
                    "%(month)s: %(delivery)s."
                ),
                contract=frame.settings.contract_number, month=month, delivery=frame.delivery or "–",
            )
        )  # fmt: skip
    else:
        paragraphs.append(say(N_("Entrego a usted la evaluación y reporte mensual de %(month)s."), month=month))
    if closing is not None:
        paragraphs.append(
            say(
                N_(
                    "Los documentos se elaboraron con los resultados del cierre núm. %(number)s, con corte al %(day)s, "
                    "cuya huella es %(digest)s."
                ),
                number=closing.number, day=voice.long_date(closing.cutoff_on), digest=closing.digest,
            )
        )  # fmt: skip
    paragraphs.append(
        say(N_("Solicito su verificación y, en su caso, la constancia de aceptación o las observaciones que procedan."))
    )
    return paragraphs
