"""Early warnings: how likely each goal is to miss the target of its year, why, and how sure that is.

    experience = experience_of(record)            # what the former years of the institution teach; INNATE without any
    foresight = foresee(evidence, experience)     # probability, risk, expected figure and its interval, pace
    why = reasons(evidence, foresight)            # at most three per goal, as data

A goal's slots are a Gaussian process, by proportions where they cannot be negative; a hundred and some simple
hypotheses of how it moves (its own season, that of its kind, a wandering level, growth, following the programme or
not) are weighed by how well they foretold its own past. What may still be added until the end of the year follows, and
the chance that it does not suffice. A logistic line corrects what former projections got wrong. No clock, no file, no
randomness: the same evidence, the same figures.
"""

from rumbo.core.engine.foresight.enough import Enough, enough
from rumbo.core.engine.foresight.evidence import Evidence, Shape, shape_of
from rumbo.core.engine.foresight.experience import INNATE, Experience
from rumbo.core.engine.foresight.foresee import Foresight, foresee
from rumbo.core.engine.foresight.reasons import Reason, Why, reasons, told_again
from rumbo.core.engine.foresight.shapes import infer
from rumbo.core.engine.foresight.walk import Record, Walker, experience_of, walk

__all__ = [
    "INNATE",
    "Enough",
    "Evidence",
    "Experience",
    "Foresight",
    "Reason",
    "Record",
    "Shape",
    "Walker",
    "Why",
    "enough",
    "experience_of",
    "foresee",
    "infer",
    "reasons",
    "shape_of",
    "told_again",
    "walk",
]
