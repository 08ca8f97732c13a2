"""From what is known to the figure at the end of the year: its mean, its width, and the chance of falling short.

Every hypothesis of `pasts` is a Gaussian process, on the scale of `bend`; given the slots known it says what the slots
to come may add up to. Hypotheses are weighed by how well they foretold the goal's own past. The newest slot moves the
projection but not the weights nor the noise: a worse figure then never lowers the probability of missing.
"""

from dataclasses import dataclass, fields, replace
from typing import NamedTuple

import numpy as np

from rumbo.core.engine.block import Floats, Ints
from rumbo.core.engine.foresight.evidence import Evidence, Shape
from rumbo.core.engine.foresight.frame import Frame, framed, slots_behind, target_of_the_year, without_newest
from rumbo.core.engine.foresight.normal import student_cdf
from rumbo.core.engine.foresight.pasts import Past, covariances, grid
from rumbo.core.vocabulary.direction import Direction

LEAN_YEARS = 5  # former years beyond these are not looked at
PASTS = grid()


@dataclass(frozen=True, eq=False, slots=True)
class Projection:
    """f8[n] each, in the unit of the indicator (NaN where there is nothing to tell from).

    missing      probability of missing the target
    expected     figure expected at the end of the year
    spread       its standard deviation
    least, most  that it can be, whatever the spread: nothing, the whole of a percentage
    amount       slots of history behind it
    """

    missing: Floats
    expected: Floats
    spread: Floats
    least: Floats
    most: Floats
    amount: Floats


# Nothing is certain before the year ends: reports are corrected.
NEARLY = 0.005
CERTAIN = 1e6
TOGETHER = 64  # rows at once: every hypothesis of each stays in the processor's cache
# On the logarithmic scale: the farthest that is told apart, and the width beyond which a mean says nothing.
FARTHEST = 60.0
WIDEST = 2.0


def project(evidence: Evidence) -> Projection:
    evidence = evidence.last_years(LEAN_YEARS + 1)
    two = evidence.two_sided
    if not two.any():
        return _of_its_side(evidence)
    whole = Projection(*(np.full(evidence.goals, np.nan) for _ in fields(Projection)))
    for rows, part in ((~two, _of_its_side), (two, _two_sided)):
        if rows.any():
            found = part(evidence.take(rows))
            for field in fields(Projection):
                getattr(whole, field.name)[rows] = getattr(found, field.name)
    return whole


def _of_its_side(evidence: Evidence) -> Projection:
    bound = None
    if evidence.low is not None and evidence.high is not None:
        given = np.where(evidence.direction == Direction.INCREASING, evidence.low, evidence.high)
        bound = np.where(np.isnan(given), target_of_the_year(evidence), given)
    return _one_sided(evidence, bound)


def _two_sided(evidence: Evidence) -> Projection:
    """Ended badly is ended below the low side or above the high one: each is foreseen as a goal of its own."""
    rising = _one_side(evidence, Direction.INCREASING, evidence.low)
    falling = _one_side(evidence, Direction.DECREASING, evidence.high)
    return replace(rising, missing=np.minimum(rising.missing + falling.missing, 1.0))


def _one_side(evidence: Evidence, direction: Direction, bound: Floats | None) -> Projection:
    target = target_of_the_year(evidence)
    goal = target if bound is None else bound
    openly = np.isnan(goal)  # an open side is never passed; its frame needs a size all the same
    kept = replace(evidence, direction=np.full(evidence.goals, direction, dtype=np.int8))
    found = _one_sided(kept, np.where(openly, target, goal))
    return replace(found, missing=np.where(openly & ~np.isnan(found.missing), 0.0, found.missing))


def _one_sided(evidence: Evidence, goal: Floats | None = None) -> Projection:
    frame = framed(evidence, goal)
    kernel, whose = covariances(PASTS, evidence.years, evidence.slots)
    n = evidence.goals
    missing, expected, spread = (np.full(n, np.nan) for _ in range(3))
    aimed = np.flatnonzero(~np.isnan(frame.goal))  # without a target there is nothing to miss
    alike_in = [frame.bend.bent[:, None], frame.known, frame.newest, frame.rest]
    patterns, group = np.unique(np.hstack(alike_in)[aimed], axis=0, return_inverse=True)
    for index in range(len(patterns)):
        alike = aimed[group.ravel() == index]
        known = _known(frame, alike[0])
        past = _Past(known, *_roots(kernel[:, known.slots[:, None], known.slots], known.older), kernel, whose)
        for start in range(0, len(alike), TOGETHER):
            rows = alike[start : start + TOGETHER]
            missing[rows], expected[rows], spread[rows] = _foretell(frame, rows, past)
    missing = _decided(evidence, frame, missing)
    amount = frame.known.sum(axis=1).astype(np.float64)
    expected = evidence.sign * expected * frame.unit
    b, whole = frame.bend, evidence.sign * frame.bend.whole * frame.unit
    least = np.where(b.bent, 0.0, -np.inf)
    most = np.where(b.bent & (whole != 0), whole, np.inf)
    return Projection(missing, expected, spread * frame.unit, least, most, amount)


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


class _Past(NamedTuple):
    """What rows that know the same slots have in common: the inverse Cholesky roots f8[k,m,m] of those slots, the log
    determinants of the older ones f8[k], the covariances f8[k,t,t] and which is of which hypothesis i8[g]."""

    known: _Known
    inverse: Floats
    width: Floats
    kernel: Floats
    whose: Ints


class _Ahead(NamedTuple):
    """The slots to come that enter the year's end, on the scale of the row: share f8[f], centre f8[g,f,r], and their
    covariance in units of the noise f8[k,f,f], with which is of which hypothesis."""

    share: Floats
    centre: Floats
    own: Floats
    whose: Ints


class _End(NamedTuple):
    """f8[g,r] each, of the year's end in parts of the target: chance of falling short, mean, variance."""

    below: Floats
    centre: Floats
    variance: Floats


def _known(frame: Frame, row: int) -> _Known:
    newest = np.flatnonzero(frame.newest[row])
    older = np.flatnonzero(frame.known[row] & ~frame.newest[row])
    return _Known(np.concatenate([older, newest]), len(older))


def _roots(covariance: Floats, older: int) -> tuple[Floats, Floats]:
    root = np.linalg.cholesky(covariance)
    width = 2.0 * np.log(np.diagonal(root, axis1=1, axis2=2)[:, :older]).sum(axis=1)
    return np.linalg.inv(root), width


def _foretell(frame: Frame, rows: Ints, past: _Past) -> tuple[Floats, Floats, Floats]:
    """Of rows that know the same slots: probability, mean and spread of the year's end."""
    older = past.known.older
    residual, believed = _residuals(frame, rows, past.known.slots, PASTS)  # [g,m,r], [g,r,t]
    surprise = past.inverse[past.whose] @ residual  # [g,m,r]
    squares = frame.noise[rows] ** 2 + (surprise[:, :older] ** 2).sum(axis=1)
    freedom = 1.0 + older
    fit = -0.5 * past.width[past.whose][:, None] - 0.5 * freedom * np.log(squares)
    weight = np.exp(fit - fit.max(axis=0))
    weight /= weight.sum(axis=0)
    ahead = _ahead(frame.rest[rows[0]], past, believed, surprise)
    end = (_bent_end if frame.bend.bent[rows[0]] else _plain_end)(frame, rows, ahead, squares / freedom, freedom)
    mean = (weight * end.centre).sum(axis=0)
    spread = np.sqrt((weight * (end.variance + (end.centre - mean) ** 2)).sum(axis=0))
    return np.minimum((weight * end.below).sum(axis=0), 1.0), mean, spread


def _ahead(rest: Floats, past: _Past, believed: Floats, surprise: Floats) -> _Ahead:
    coming = np.flatnonzero(rest)
    towards = past.kernel[:, coming]  # [k,f,t]
    pull = towards[:, :, past.known.slots] @ past.inverse.transpose(0, 2, 1)  # [k,f,m]
    newest = slice(past.known.older, None)
    pull[:, :, newest] = np.maximum(pull[:, :, newest], 0.0)  # a worse newest slot never promises a better rest
    own = towards[:, :, coming] - pull @ pull.transpose(0, 2, 1)
    centre = pull[past.whose] @ surprise + believed[:, :, coming].transpose(0, 2, 1)
    return _Ahead(rest[coming], centre, own, past.whose)


def _plain_end(frame: Frame, rows: Ints, ahead: _Ahead, noise: Floats, freedom: float) -> _End:
    centre = frame.base[rows] + np.einsum("f,gfr->gr", ahead.share, ahead.centre)
    own = np.maximum(np.einsum("f,kfh,h->k", ahead.share, ahead.own, ahead.share), 0.0)[ahead.whose]
    variance = noise * own[:, None] + frame.blur[rows]
    return _End(_below(frame.goal[rows], centre, np.sqrt(variance), freedom), centre, variance)


def _bent_end(frame: Frame, rows: Ints, ahead: _Ahead, noise: Floats, freedom: float) -> _End:
    """What is to come is a sum of lognormals: its mean exact, its width from the shares of its slots."""
    if not len(ahead.share):
        return _plain_end(frame, rows, ahead, noise, freedom)
    b = frame.bend.take(rows)
    slots = np.maximum(np.diagonal(ahead.own, axis1=1, axis2=2), 0.0)[ahead.whose][:, :, None] * noise[:, None]
    exponent = b.way * ahead.centre + 0.5 * np.minimum(slots, WIDEST)
    mass = ahead.share[:, None] * np.exp(np.clip(exponent, -FARTHEST, FARTHEST))  # [g,f,r]
    total = mass.sum(axis=1)
    part = mass / total[:, None]
    width = noise * np.maximum((part * (ahead.own[ahead.whose] @ part)).sum(axis=1), 0.0) + frame.blur[rows] / total**2
    slack = np.minimum(width, WIDEST)
    added = ahead.share.sum()  # wholes and floors of the slots to come
    room = b.way * (frame.goal[rows] - frame.base[rows] - b.whole * added) + b.floor * added
    limit = np.broadcast_to(np.log(np.maximum(room, np.exp(-FARTHEST))), total.shape)
    under = _below(limit, np.log(total) - 0.5 * slack, np.sqrt(width), freedom)
    below = np.where(b.way > 0, np.where(room > 0, under, 0.0), np.where(room > 0, 1.0 - under, 1.0))
    centre = frame.base[rows] + b.whole * added + b.way * (total - b.floor * added)
    return _End(below, centre, total**2 * np.expm1(slack))


def _below(goal: Floats, centre: Floats, spread: Floats, freedom: float) -> Floats:
    """Chance of ending below the goal; 0 or 1 where nothing is left to happen."""
    margin = goal - centre
    settled = ~(spread > 0)
    t = np.where(settled, np.sign(margin) * CERTAIN, margin / np.where(settled, 1.0, spread))
    return student_cdf(t, np.asarray(freedom))


def _residuals(frame: Frame, rows: Ints, known: Ints, pasts: list[Past]) -> tuple[Floats, Floats]:
    """What each hypothesis leaves unexplained of the known slots f8[g,m,r], and what it believes of all f8[g,r,t]."""
    value, level, plan = (a[rows] for a in (frame.value, frame.level, frame.programme))
    follows = np.array([[p.level, p.programme_season, p.shared] for p in pasts])
    kinds, kind = np.unique(follows, axis=0, return_inverse=True)
    believed = np.stack(
        [
            (level if a else np.broadcast_to(level[:, :1], level.shape))
            + b * (plan - level)
            + c * frame.seasons[int(b)][rows]
            for a, b, c in kinds
        ]
    )  # [k,r,t]
    residual = (value - believed)[:, :, known].transpose(0, 2, 1)
    return residual[kind.ravel()], believed[kind.ravel()]
