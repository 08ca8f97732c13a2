"""What writes documents all day does not keep what each of them took."""

import sys
from pathlib import Path

import pytest

from rumbo.core.rendering.pdf import LARGE, compile_pdf
from tests.core.rendering import cast

MEGABYTE = 2**20
PAGE = 4096


def resident() -> int:
    """Bytes of this process in memory."""
    return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE


@pytest.mark.skipif(sys.platform != "linux", reason="the memory of a process is read where Linux tells it")
def test_a_server_that_writes_large_documents_gives_their_memory_back() -> None:
    tables = "\n".join(f"#table(columns: 6, ..range(60).map(i => [celda #i de {one}]))" for one in range(40))

    def write(turn: int) -> int:
        return len(compile_pdf(f"= Título {turn}\n{tables}", data={}, on=cast.ON, title=f"Prueba {turn}"))

    assert write(0) > LARGE
    after_one = resident()
    for turn in range(1, 6):
        write(turn)
    assert resident() - after_one < 120 * MEGABYTE  # each keeps some 50 of its own until ten more are written
