"""The large figures that head a page, the same for the institution and for each area."""

from rumbo.core.rendering.text import integer
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.models import RollupResult
from rumbo.systems.evaluation.reports.monthly.shapes import Quality
from rumbo.systems.evaluation.reports.words import Voice


def headline(
    voice: Voice, rolled: RollupResult, quality: Quality, *, against: str, covered: str
) -> list[dict[str, str]]:
    """`against`: what the compliance is compared with; `covered`: the sentence of how many have a figure."""
    say = voice.say
    counted, expected = integer(rolled.counted), integer(rolled.expected)
    on_time, owed = integer(quality.on_time), integer(quality.owed)
    return [
        {"label": say(N_("Cumplimiento al corte")), "value": voice.percent(rolled.compliance), "note": against},
        {
            "label": say(N_("Avance anual")),
            "value": voice.percent(rolled.annual_progress),
            "note": say(N_("programado %(share)s"), share=voice.percent(rolled.programmed_progress)),
        },
        {
            "label": say(N_("Cobertura")),
            "value": voice.percent(rolled.coverage),
            "note": say(covered, counted=counted, expected=expected),
        },
        {
            "label": say(N_("Capturas a tiempo")),
            "value": voice.percent(quality.on_time_share),
            "note": say(N_("%(count)s de %(of)s"), count=on_time, of=owed),
        },
    ]
