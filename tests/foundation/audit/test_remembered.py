"""Answers kept under the head of a chain."""

from rumbo.foundation.audit.queries import Memory


class Asked:
    """A question that counts how many times it was asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> int:
        self.times += 1
        return self.times


def test_an_answer_of_one_chain_is_never_given_to_another() -> None:
    memory, ask = Memory(8), Asked()
    assert [memory.under(chain, "h", "units", ask) for chain in ("one", "other", "one")] == [1, 2, 1]


def test_what_was_kept_under_another_head_is_asked_for_again() -> None:
    memory, ask = Memory(8), Asked()
    assert [memory.under("one", head, "units", ask) for head in ("a", "a", "b", "b")] == [1, 1, 2, 2]


def test_an_empty_answer_is_kept_like_any_other() -> None:
    memory, asked = Memory(8), Asked()

    def nothing() -> None:
        asked()

    for _ in range(3):
        memory.under("one", "h", "plan", nothing)
    assert asked.times == 1


def test_the_answer_used_longest_ago_goes_first() -> None:
    memory, ask = Memory(2), Asked()
    for name in ("a", "b", "a", "c"):
        memory.under("one", "h", name, ask)
    assert memory.under("one", "h", "a", ask) == 1
    assert memory.under("one", "h", "b", ask) == 4


def test_a_question_that_fails_leaves_nothing() -> None:
    memory = Memory(2)

    def fails() -> int:
        raise LookupError

    for _ in range(2):
        try:
            memory.under("one", "h", "a", fails)
        except LookupError:
            continue
        raise AssertionError
    assert memory.under("one", "h", "a", lambda: 7) == 7
