"""From what is known to the figure at the end of the year: its mean, its width, and the chance of falling short.

Every hypothesis of `pasts` is a Gaussian process; given the slots known it says what the slots to come may add up to.
Hypotheses are weighed by how well they foretold the goal's own past. The newest slot moves the projection but not the
weights nor the scale: a worse figure then never lowers the probability of missing.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from rumbo.core.engine.block import Floats, Ints
from rumbo.core.engine.foresight.evidence import Evidence, Shape
from rumbo.core.engine.foresight.frame import Frame, framed, slots_behind, without_newest
from rumbo.core.engine.foresight.normal import student_cdf
from rumbo.core.engine.foresight.pasts import Past, covariances
from rumbo.core.vocabulary.direction import Direction

LEAN_YEARS = 4  # former years beyond these are not looked at


@dataclass(frozen=True, eq=False, slots=True)
class Prior:
    """What is believed before seeing the goal: log weights f8[g] of the hypotheses, noise of a slot as a part of the
    target, by `Shape` f8[4], and how many slots that opinion on the noise is worth."""

    pasts: list[Past]
    weights: Floats
    noise: Floats
    worth: float = 1.0


@dataclass(frozen=True, eq=False, slots=True)
class Projection:
    """f8[n] each, in the unit of the indicator (NaN where there is nothing to tell from).

    missing      probability of missing the target
    expected     figure expected at the end of the year
    spread       its standard deviation
    slot_noise   typical deviation of one slot
    amount       slots of history behind it
    weights      f8[n,g] of the hypotheses after seeing the past
    """

    missing: Floats
    expected: Floats
    spread: Floats
    slot_noise: Floats
    amount: Floats
    weights: Floats


# Nothing is certain before the year ends: reports are corrected.
NEARLY = 0.005
CERTAIN = 1e6
TOGETHER = 64  # rows at once: every hypothesis of each stays in the processor's cache


def project(evidence: Evidence, prior: Prior) -> Projection:
    evidence = evidence.last_years(LEAN_YEARS + 1)
    noise = prior.noise[evidence.shape.astype(int)]
    frame = framed(evidence, noise, prior.worth)
    kernel, whose = covariances(prior.pasts, evidence.years, evidence.slots)
    n, g = evidence.goals, len(prior.pasts)
    missing, expected, spread, scale = (np.full(n, np.nan) for _ in range(4))
    weights = np.zeros((n, g))
    patterns, group = np.unique(np.hstack([frame.known, frame.newest, frame.rest]), axis=0, return_inverse=True)
    for index in range(len(patterns)):
        alike = np.flatnonzero(group.ravel() == index)
        known = _known(frame, alike[0])
        roots = _roots(kernel[:, known.slots[:, None], known.slots], known.older)
        for start in range(0, len(alike), TOGETHER):
            rows = alike[start : start + TOGETHER]
            part = _foretell(frame, rows, known, kernel, whose, roots, prior, noise[rows])
            missing[rows], expected[rows], spread[rows], scale[rows], weights[rows] = part
    missing = _decided(evidence, frame, missing)
    unit, sign = frame.unit, evidence.sign
    amount = frame.known.sum(axis=1).astype(np.float64)
    return Projection(missing, sign * expected * unit, spread * unit, scale * unit, amount, weights)


def _decided(e: Evidence, frame: Frame, missing: Floats) -> Floats:
    """A sum of what is never negative cannot come back: reached is reached, and exceeded is exceeded."""
    slots = np.where(np.isnan(e.actual), slots_behind(e.actual_to_date, e.shape), e.actual)
    grows = (e.shape == Shape.SUM) & ~(without_newest(e, slots) < 0).any(axis=(1, 2))
    met = frame.base >= frame.goal
    up = e.direction == Direction.INCREASING
    missing = np.where(grows & up & met, np.minimum(missing, NEARLY), missing)
    return np.asarray(np.where(grows & ~up & ~met, np.maximum(missing, 1.0 - NEARLY), missing))


class _Known(NamedTuple):
    """The slots that a row knows, in time order, and how many of them come before its newest of the year."""

    slots: Ints
    older: int


def _known(frame: Frame, row: int) -> _Known:
    newest = np.flatnonzero(frame.newest[row])
    older = np.flatnonzero(frame.known[row] & ~frame.newest[row])
    return _Known(np.concatenate([older, newest]), len(older))


def _foretell(
    frame: Frame,
    rows: Ints,
    known: _Known,
    kernel: Floats,
    whose: Ints,
    roots: tuple[Floats, Floats],
    prior: Prior,
    noise: Floats,
) -> tuple[Floats, Floats, Floats, Floats, Floats]:
    """Of rows that know the same slots: probability, mean and spread of the year's end, noise of a slot, weights."""
    older, rest = known.older, frame.rest[rows[0]]
    inverse, width = roots
    residual, drift = _residuals(frame, rows, known.slots, rest, prior.pasts)  # [g,m,r], [g,r]
    ahead = kernel @ rest  # [k,t]
    pull = np.einsum("kij,kj->ki", inverse, ahead[:, known.slots])
    pull[:, older:] = np.maximum(pull[:, older:], 0.0)  # a worse newest slot never promises a better rest
    own = np.maximum(ahead @ rest - np.einsum("km,km->k", pull, pull), 0.0)[whose]
    surprise = inverse[whose] @ residual  # [g,m,r]
    move = np.einsum("gm,gmr->gr", pull[whose], surprise)
    squares = prior.worth * noise**2 + (surprise[:, :older] ** 2).sum(axis=1)
    freedom = prior.worth + older
    fit = prior.weights[:, None] - 0.5 * width[whose][:, None] - 0.5 * freedom * np.log(squares)
    weight = np.exp(fit - fit.max(axis=0))
    weight /= weight.sum(axis=0)
    variance = squares / freedom * own[:, None] + frame.blur[rows]
    centre = frame.base[rows] + drift + move
    missing = (weight * _below(frame.goal[rows], centre, np.sqrt(variance), float(freedom))).sum(axis=0)
    mean = (weight * centre).sum(axis=0)
    spread = np.sqrt((weight * (variance + (centre - mean) ** 2)).sum(axis=0))
    return missing, mean, spread, np.sqrt((weight * squares).sum(axis=0) / freedom), weight.T


def _roots(covariance: Floats, older: int) -> tuple[Floats, Floats]:
    """The inverse Cholesky roots f8[k,m,m], and the log determinants of the first `older` slots f8[k]."""
    root = np.linalg.cholesky(covariance)
    width = 2.0 * np.log(np.diagonal(root, axis1=1, axis2=2)[:, :older]).sum(axis=1)
    return np.linalg.inv(root), width


def _below(goal: Floats, centre: Floats, spread: Floats, freedom: float) -> Floats:
    """Chance of ending below the goal; 0 or 1 where nothing is left to happen."""
    margin = goal - centre
    settled = ~(spread > 0)
    t = np.where(settled, np.sign(margin) * CERTAIN, margin / np.where(settled, 1.0, spread))
    return student_cdf(t, np.asarray(freedom))


def _residuals(frame: Frame, rows: Ints, known: Ints, rest: Floats, pasts: list[Past]) -> tuple[Floats, Floats]:
    value, level, plan = (a[rows] for a in (frame.value, frame.level, frame.programme))
    follows = np.array([[p.level, p.programme_season, p.shared] for p in pasts])
    kinds, kind = np.unique(follows, axis=0, return_inverse=True)
    believed = np.stack(
        [a * level + b * (plan - level) + c * frame.seasons[int(b)][rows] for a, b, c in kinds]
    )  # [k,r,t]
    residual = (value - believed)[:, :, known].transpose(0, 2, 1)
    drift = believed @ rest
    return residual[kind.ravel()], drift[kind.ravel()]
