"""Series come in from a CSV and what was to be foreseen goes out; what is not a series is refused by its line."""

import csv
import io
from pathlib import Path

import pytest

from rumbo.shell.command import run
from rumbo.systems.evaluation.exchange.foresight import UnreadableSeries, predictions, read_series

HEADER = "series,direction,year,slot,target_to_date,actual_to_date,target,actual"


def table(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *lines)).encode()


def two_years(name: str = "a", direction: str = "up", months: int = 12) -> list[str]:
    lines = []
    for year in (2020, 2021):
        for slot in range(1, 13):
            known = year == 2020 or slot <= months
            done = (9 * slot, 9) if known else ("", "")
            lines.append(f"{name},{direction},{year},{slot},{10 * slot},{done[0]},10,{done[1]}")
    return lines


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "UTF-8"),
        (table(header="series,year"), "direction, slot, target_to_date"),
        (table(), "no tiene renglones"),
        (table("a,sideways,2020,1,1,1,1,1"), "Renglón 2: «direction»"),
        (table("a,up,2020,13,1,1,1,1"), "va de 1 a 12, y dice 13"),
        (table("a,up,2020,1,1,1,1,1", "a,up,2020,1,1,2,1,1"), "Renglón 3: ya había otras cifras de la serie «a»"),
        (table("a,up,2020,1,1,1,1,1", "a,down,2020,2,1,1,1,1"), "cambia de sentido"),
        (table('a,up,2020,1,"1,234",1,1,1'), "sin comas de miles, y dice «1,234»"),
        (table("a,up,2020,1,inf,1,1,1"), "«target_to_date» debe ser un número"),
        (table("a,up,,1,1,1,1,1"), "«year» debe ser un número"),
        (table("a,up,20,1,1,1,1,1", "a,up,2020,1,1,1,1,1"), "de 20 a 2020"),
    ],
)
def test_what_is_not_a_series_is_refused_with_its_place(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableSeries, match=said):
        read_series(content)


def test_a_row_said_twice_is_said_once() -> None:
    once = table("a,up,2020,1,1,1,1,", "a,up,2020,2,1,1,1,")
    twice = table("a,up,2020,1,1,1,1,", "a,up,2020,2,1,1,1,", "a,up,2020,1,1,1,1,")
    assert predictions(read_series(twice)) == predictions(read_series(once))


def test_every_reported_row_has_a_prediction_and_no_other() -> None:
    content, count = predictions(read_series(table(*two_years(months=5), *two_years("b", "down"))))
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert count == len(rows) == 12 + 5 + 24
    by = {(row["series"], row["year"], row["slot"]): row for row in rows}
    assert float(by["a", "2021", "5"]["probability"]) > 0.9
    assert by["a", "2021", "5"]["risk"] == "high"
    assert float(by["b", "2021", "5"]["probability"]) < 0.1


def test_the_command_writes_what_would_have_been_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, out = tmp_path / "series.csv", tmp_path / "out" / "avisos.csv"
    source.write_bytes(table(*two_years()))
    assert run(["foresight", "backtest", str(source), "--out", str(out)]) == 0
    assert "24 avisos de 1 series" in capsys.readouterr().out
    assert out.read_text(encoding="utf-8").startswith("series,year,slot,probability")


def test_the_command_refuses_with_the_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "series.csv"
    source.write_bytes(table("a,up,2020,0,1,1,1,1"))
    assert run(["foresight", "backtest", str(source), "--out", str(tmp_path / "x.csv")]) == 2
    assert "«slot» va de 1 a 12" in capsys.readouterr().err
    assert run(["foresight", "backtest", str(tmp_path / "no.csv"), "--out", str(tmp_path / "x.csv")]) == 2
