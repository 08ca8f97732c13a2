"""The questions of the set-up, in order. Each has our answer already; the institution confirms or changes it."""

from dataclasses import dataclass

from rumbo.core.vocabulary.marking import N_


@dataclass(frozen=True, slots=True)
class Step:
    """`fields` are settings of the institution; `links` lead to the pages where lists are kept (name, label)."""

    key: str
    title: str
    question: str
    fields: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()


IDENTITY = "identidad"
SCALES = "escalas"
SUMMARY = "resumen"

STEPS = (
    Step(
        IDENTITY,
        N_("Nombre y logotipo"),
        N_("¿Cómo se llama la institución, con qué logotipo se imprime y qué página se abre primero?"),
    ),
    Step(
        "institucion",
        N_("Planeación y contrato"),
        N_("¿Qué área revisa y cierra, y con qué contrato y prestador se entregan los informes?"),
        (
            "planning_unit_name",
            "requesting_area_name",
            "contractor_name",
            "contract_number",
            "deliveries_total",
            "first_delivery_period",
        ),
    ),
    Step(
        "areas",
        N_("Áreas"),
        N_("¿Cuáles son las áreas responsables y de cuál depende cada una?"),
        links=(
            ("organization:areas", N_("Ver y agregar áreas")),
            ("organization:upload_areas", N_("Subir el Excel de áreas")),
            ("organization:areas_template", N_("Descargar la plantilla")),
        ),
    ),
    Step(
        "personas",
        N_("Personas"),
        N_("¿Quién captura, quién da el visto bueno, quién valida y quién cierra?"),
        links=(
            ("organization:people", N_("Ver y agregar personas")),
            ("organization:upload_people", N_("Subir el Excel de personas")),
            ("organization:people_template", N_("Descargar la plantilla")),
        ),
    ),
    Step(
        "calendario",
        N_("Calendario"),
        N_("¿En qué día hábil del mes siguiente vencen la captura, el visto bueno y el cierre?"),
        ("capture_due_day", "area_review_due_day", "close_due_day", "stretches_to_report", "delivery_same_month"),
        links=(("calendars:year", N_("Días inhábiles de la institución")),),
    ),
    Step(
        "programa",
        N_("Programa y niveles"),
        N_("¿Cómo se llaman los niveles del programa y de qué cuelga cada línea de acción?"),
        links=(
            ("planning:plan", N_("Ver el programa")),
            ("planning:upload", N_("Subir el Excel del programa")),
            ("indicators:goals", N_("Ver metas e indicadores")),
        ),
    ),
    Step(
        "periodo",
        N_("Periodo"),
        N_("¿Qué periodo de gobierno se mide y en qué mes inicia el ejercicio?"),
        ("term_name", "fiscal_start"),
    ),
    Step(
        SCALES,
        N_("Escalas"),
        N_("¿Desde qué porcentaje una meta está en meta, en riesgo o en rezago, y cómo se clasifica?"),
        links=(("evaluation:schemes", N_("Ver versiones, probar un cambio o asignar otra escala")),),
    ),
    Step(
        "revision",
        N_("Ruta de revisión"),
        N_("¿Cuántas personas revisan un dato, y cuándo hace falta evidencia?"),
        ("review_steps", "evidence_required", "evidence_max_megabytes", "jump_factor"),
    ),
    Step(
        "transparencia",
        N_("Transparencia"),
        N_("¿Publica cada trimestre las obligaciones de transparencia, y en qué plazo?"),
        (
            "transparency_kept",
            "transparency_due_days",
            "transparency_due_moves",
            "transparency_alert_days",
            "transparency_text_limit",
        ),
        links=(("transparency:records", N_("Ver los registros trimestrales")),),
    ),
    Step(
        "papel",
        N_("Papel y colores"),
        N_("¿En qué papel se imprimen los documentos y con qué color se reconoce la institución?"),
        ("paper", "accent_colour"),
    ),
)
BY_KEY = {step.key: step for step in STEPS}


def following(key: str) -> str:
    """The key of the next step; the summary after the last."""
    keys = [step.key for step in STEPS]
    return keys[keys.index(key) + 1] if keys.index(key) + 1 < len(keys) else SUMMARY
