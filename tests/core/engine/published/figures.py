"""Numbers as publications write them: read exactly, or refused with the reason."""

import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

# Captured values keep six decimals.
DECIMALS = 6
_PLAIN = re.compile(r"[-−]?(\d+(\.\d*)?|\.\d+)")
_THOUSANDS = re.compile(r"[-−]?\d{1,3}(,\d{3})+(\.\d*)?")
_CLOCK = re.compile(r"(\d{1,2}):([0-5]\d):00")


class Refused(ValueError):
    """`reason` says why the text is not a figure."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason)


@dataclass
class Account:
    """What became of every value of a publication: those read, by the way they were written, and those refused."""

    read: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def take(self, text: str | None) -> Fraction | None:
        """The figure; None where it is refused, which is counted."""
        try:
            value, way = figure(text)
        except Refused as refusal:
            self.refused[refusal.reason] += 1
            return None
        self.read[way] += 1
        return value


def figure(text: str | None) -> tuple[Fraction, str]:
    """The number and how it was written. Raises Refused."""
    written = (text or "").strip()
    if not written:
        raise Refused("blank")
    if written.upper() in ("NA", "N/A", "ND", "-", "—"):
        raise Refused("said to be missing")
    if written == "*":
        raise Refused("said to have no target")
    if not re.search(r"\d", written):
        raise Refused("text or an arrow")
    if _PLAIN.fullmatch(written):
        return _kept(written, "plain")
    if _THOUSANDS.fullmatch(written):
        return _kept(written.replace(",", ""), "with thousands separators")
    if written.endswith("%") and _PLAIN.fullmatch(written[:-1].rstrip()):
        return _kept(written[:-1].rstrip(), "with a percent sign")
    if clock := _CLOCK.fullmatch(written):  # «04:12:00» of «minutes:seconds»: the sheet took it for a time of day
        return _rounded(int(clock[1]) + Fraction(int(clock[2]), 60), "as a clock")
    raise Refused(_reason(written))


def _kept(written: str, way: str) -> tuple[Fraction, str]:
    value = Fraction(written.replace("−", "-"))
    exact = (value * 10**DECIMALS).denominator == 1
    return (value, way) if exact else _rounded(value, "with more than six decimals, rounded")


def _rounded(value: Fraction, way: str) -> tuple[Fraction, str]:
    return Fraction(round(value * 10**DECIMALS), 10**DECIMALS), way


def _reason(written: str) -> str:
    if re.fullmatch(r"\d+:\d+(:\d+)?", written):
        return "a ratio or a clock without its unit"
    if re.fullmatch(r"\d[\d.,]*\s*(-|–|a|to)\s*\d[\d.,]*\s*%?", written):
        return "a range"
    if re.search(r"[<>≤≥~+]", written):
        return "a bound and not a figure"
    if re.fullmatch(r"[\d.,]+", written):
        return "separators that can be read in two ways"
    return "text or an arrow"
