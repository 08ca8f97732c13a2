"""The sentences of the summary, by rule: what is true of the sealed figures, without adjectives and without praise.

Each function is one sentence, with its forms for none, one and many. Figures arrive as they are printed.
"""

from rumbo.core.rendering.text import integer
from rumbo.core.timekeeping.period import Period
from rumbo.core.vocabulary.marking import N_
from rumbo.systems.evaluation.reports.words import Voice, capital


def achieved_or_good(
    voice: Voice,
    period: Period,
    *,
    achieved: int,
    expected: int,
    share: float | None,
    goals: int,
    change: int | None,
) -> str:
    """How many of how many are achieved or good, against the month before. `change` None: there is no month before."""
    day = voice.day_and_month(period.last_day)
    if not expected:
        return voice.say(N_("Al %(day)s ninguna meta tiene programación con qué compararse."), day=day)
    among = N_("%(of)s metas") if expected == goals else N_("%(of)s metas con programación al corte")
    of = voice.say(among, of=integer(expected))
    tail = "" if change is None else "; " + _against_before(voice, change, period.plus(-1))
    if achieved == 0:
        start = voice.say(N_("Al %(day)s ninguna de %(of)s está cumplida o con buen desempeño"), day=day, of=of)
    elif achieved == 1:
        start = voice.say(
            N_("Al %(day)s, 1 de %(of)s (%(share)s) está cumplida o con buen desempeño"),
            day=day, of=of, share=voice.percent(share),
        )  # fmt: skip
    else:
        start = voice.say(
            N_("Al %(day)s, %(count)s de %(of)s (%(share)s) están cumplidas o con buen desempeño"),
            day=day, count=integer(achieved), of=of, share=voice.percent(share),
        )  # fmt: skip
    return f"{start}{tail}."


def _against_before(voice: Voice, change: int, before: Period) -> str:
    month = voice.month(before)
    if change == 0:
        return voice.say(N_("las mismas que en %(month)s"), month=month)
    template = N_("%(count)s más que en %(month)s") if change > 0 else N_("%(count)s menos que en %(month)s")
    return voice.say(template, count=integer(abs(change)), month=month)


def annual_progress(voice: Voice, *, achieved: float | None, programmed: float | None, difference: float | None) -> str:
    """Where the year stands against where it should. `difference`: achieved less programmed, in points."""
    if achieved is None:
        return voice.say(N_("No hay avance anual que informar: ninguna meta tiene resultado al corte."))
    if programmed is None or difference is None:
        return voice.say(N_("El avance anual es de %(achieved)s."), achieved=voice.percent(achieved))
    if difference == 0:
        template = N_("El avance anual es de %(achieved)s, igual a lo programado a esta fecha.")
    elif difference < 0:
        template = N_(
            "El avance anual es de %(achieved)s; lo programado a esta fecha era %(programmed)s, es decir, "
            "%(points)s menos."
        )
    else:
        template = N_(
            "El avance anual es de %(achieved)s; lo programado a esta fecha era %(programmed)s, es decir, "
            "%(points)s más."
        )
    return voice.say(
        template,
        achieved=voice.percent(achieved),
        programmed=voice.percent(programmed),
        points=voice.points(abs(difference)),
    )


def lagging(voice: Voice, *, goals: int, area: str, of_area: int) -> str:
    """Goals that lag for three months or more, and the area that has most of them."""
    if goals == 0:
        return voice.say(N_("Ninguna meta lleva tres meses o más en rezago."))
    if goals == 1:
        return voice.say(N_("Una meta lleva tres meses o más en rezago; es %(area)s."), area=voice.of_area(area))
    start = capital(voice.say(N_("%(count)s metas llevan tres meses o más en rezago"), count=voice.count(goals)))
    if of_area == goals:
        tail = voice.say(N_("todas son %(area)s"), area=voice.of_area(area))
    elif of_area == 1:
        tail = voice.say(N_("cada una es de un área distinta"))
    else:
        tail = voice.say(N_("%(count)s son %(area)s"), count=voice.count(of_area), area=voice.of_area(area))
    return f"{start}; {tail}."


def coverage(voice: Voice, *, without_data: int, coverage: float | None) -> str:
    """How many goals have no data at the cut-off."""
    if coverage is None:
        return voice.say(N_("Ninguna meta tiene programación al corte: no hay cobertura que informar."))
    share = voice.percent(coverage)
    if without_data == 0:
        return voice.say(
            N_("Todas las metas con programación tienen dato al corte (cobertura %(share)s)."), share=share
        )
    if without_data == 1:
        return voice.say(N_("Una meta no tiene dato al corte (cobertura %(share)s)."), share=share)
    count = capital(voice.count(without_data))
    return voice.say(N_("%(count)s metas no tienen dato al corte (cobertura %(share)s)."), count=count, share=share)


def silent(voice: Voice, period: Period, *, goals: int) -> str:
    """Goals that owed the month and did not report it, but keep the light of the month before."""
    month = voice.month(period)
    if goals == 0:
        return ""
    if goals == 1:
        return voice.say(N_("Una más no reportó %(month)s y no mejora su último semáforo."), month=month)
    count = capital(voice.count(goals))
    return voice.say(
        N_("%(count)s más no reportaron %(month)s y no mejoran su último semáforo."), count=count, month=month
    )


def overdue(voice: Voice, *, commitments: int, due: int) -> str:
    """Commitments of former months whose date came, and those that were not fulfilled."""
    if due == 0:
        return voice.say(N_("Ningún compromiso de meses anteriores venció en este corte."))
    if commitments == 0:
        return voice.say(N_("Los compromisos con fecha cumplida se atendieron: la meta volvió a estar en meta."))
    if commitments == 1:
        return voice.say(
            N_("Un compromiso venció sin que su meta volviera a estar en meta (de %(due)s con fecha cumplida)."),
            due=integer(due),
        )
    return voice.say(
        N_("%(count)s compromisos vencieron sin que su meta volviera a estar en meta (de %(due)s con fecha cumplida)."),
        count=integer(commitments), due=integer(due),
    )  # fmt: skip


def standing(voice: Voice, *, light: str, months: int, monthly: bool, share: str, since: str) -> str:
    """Why a goal is in the early warnings. `light` is its translated word, in lower case; `months`, its own reports."""
    if months <= 1:
        template = N_("Pasó a estar %(light)s este mes, con %(share)s de lo programado al corte.")
    elif monthly:
        template = N_(
            "Lleva %(months)s meses seguidos %(light)s, desde %(since)s; tiene %(share)s de lo programado al corte."
        )
    else:
        template = N_(
            "Lleva %(months)s cortes seguidos %(light)s, desde %(since)s; tiene %(share)s de lo programado al corte."
        )
    return voice.say(template, light=light, months=integer(months), since=since, share=share)
