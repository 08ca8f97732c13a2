"""For runs that repeat the same tests hundreds of times: few, always the same examples, and the quick tests first.

Loaded with `-p` by `tools/mutation.py`. A property that fails is reported at once: its example is not made smaller.
"""

import pytest
from hypothesis import Phase, settings

EXAMPLES = 25


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        inner = getattr(getattr(item, "obj", None), "hypothesis", None)
        if inner is None:
            continue
        function = item.obj  # type: ignore[attr-defined]
        own = function._hypothesis_internal_use_settings
        function._hypothesis_internal_use_settings = settings(
            own,
            max_examples=min(EXAMPLES, own.max_examples),
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.explicit, Phase.generate),
        )
    items.sort(key=lambda item: hasattr(getattr(item, "obj", None), "hypothesis"))
