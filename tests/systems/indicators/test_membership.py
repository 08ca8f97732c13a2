"""Under which contract a goal is measured: what was decided last, what held before, and what a date may not do."""

from datetime import date

import pytest

from rumbo.systems.indicators.membership import Decided, MembershipOutOfOrder, Term, Turn, turn, wanted

FEBRUARY, JUNE, NOVEMBER = date(2026, 2, 1), date(2026, 6, 15), date(2026, 11, 1)
SURVEYS, OUTREACH = 1, 2


def test_what_is_decided_later_never_starts_before_what_was_decided() -> None:
    for day in (FEBRUARY, JUNE):
        with pytest.raises(MembershipOutOfOrder, match="Lo anterior vale desde el 15/06/2026"):
            turn(Decided(SURVEYS, JUNE), (), Decided(OUTREACH, day))
    with pytest.raises(MembershipOutOfOrder, match="Lo anterior vale desde el 15/06/2026"):
        turn(Decided(None, JUNE), (), Decided(OUTREACH, FEBRUARY))


def test_leaving_a_contract_says_since_when() -> None:
    with pytest.raises(MembershipOutOfOrder, match="desde cuándo"):
        turn(Decided(SURVEYS, FEBRUARY), (), Decided())


def test_a_date_is_not_moved_into_the_term_before_it() -> None:
    before = [Term(SURVEYS, FEBRUARY, JUNE)]
    with pytest.raises(MembershipOutOfOrder, match="Otro contrato valía el 01/02/2026"):
        turn(Decided(OUTREACH, JUNE), before, Decided(OUTREACH, FEBRUARY))
    with pytest.raises(MembershipOutOfOrder, match="Otro contrato valía el 15/06/2026"):
        turn(Decided(OUTREACH, NOVEMBER), before, Decided(OUTREACH, JUNE))


def test_what_is_already_so_leaves_nothing() -> None:
    for now, asked in (
        (Decided(), Decided()),
        (Decided(), Decided(None, JUNE)),
        (Decided(SURVEYS, JUNE), Decided(SURVEYS)),
        (Decided(SURVEYS, JUNE), Decided(SURVEYS, JUNE)),
        (Decided(SURVEYS), Decided(SURVEYS)),
    ):
        assert turn(now, (), asked) is None


def test_another_contract_ends_the_one_before() -> None:
    assert turn(Decided(), (), Decided(SURVEYS, FEBRUARY)) == Turn(Decided(SURVEYS, FEBRUARY))
    moved = turn(Decided(SURVEYS, FEBRUARY), (), Decided(OUTREACH, JUNE))
    assert moved == Turn(Decided(OUTREACH, JUNE), ended=Term(SURVEYS, FEBRUARY, JUNE))
    left = turn(Decided(SURVEYS), (), Decided(None, JUNE))
    assert left == Turn(Decided(None, JUNE), ended=Term(SURVEYS, None, JUNE))
    assert turn(Decided(None, JUNE), [Term(SURVEYS, None, JUNE)], Decided(OUTREACH, JUNE)) == Turn(
        Decided(OUTREACH, JUNE)
    )


def test_moving_a_date_moves_the_end_of_what_it_followed_at_once() -> None:
    before = [Term(SURVEYS, FEBRUARY, JUNE)]
    assert turn(Decided(OUTREACH, JUNE), before, Decided(OUTREACH, NOVEMBER)) == Turn(
        Decided(OUTREACH, NOVEMBER), last_until=NOVEMBER
    )
    assert turn(Decided(None, JUNE), before, Decided(None, NOVEMBER)) == Turn(
        Decided(None, NOVEMBER), last_until=NOVEMBER
    )
    later = date(2026, 9, 1)
    assert turn(Decided(OUTREACH, NOVEMBER), before, Decided(OUTREACH, later)) == Turn(Decided(OUTREACH, later))
    assert turn(Decided(SURVEYS), (), Decided(SURVEYS, JUNE)) == Turn(Decided(SURVEYS, JUNE))


def test_without_a_date_another_contract_holds_since_it_starts_and_the_same_one_since_it_did() -> None:
    assert wanted(Decided(), SURVEYS, None, starts_on=FEBRUARY) == Decided(SURVEYS, FEBRUARY)
    assert wanted(Decided(SURVEYS, JUNE), SURVEYS, None, starts_on=FEBRUARY) == Decided(SURVEYS, None)
    assert wanted(Decided(), SURVEYS, JUNE, starts_on=FEBRUARY) == Decided(SURVEYS, JUNE)


def test_a_term_holds_from_its_first_day_until_the_day_before_its_end() -> None:
    term = Term(SURVEYS, FEBRUARY, JUNE)
    days = (date(2026, 1, 31), FEBRUARY, date(2026, 6, 14), JUNE)
    assert [term.holds(day) for day in days] == [False, True, True, False]
    assert Term(SURVEYS, None, None).holds(date.max)
    assert Term(SURVEYS, None, None).holds(date.min)
