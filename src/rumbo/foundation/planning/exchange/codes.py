"""Codes and texts that came out of a scanner (IECM-31): what can be mended is mended, and always told."""

import re

# l, I and O among digits and points are 1 and 0 that the scanner misread.
_LIKE_NUMBERS = re.compile(r"(?=.*\d)(?=.*\.)[\dlIO.\s]+")
_MISREAD = str.maketrans({"l": "1", "I": "1", "O": "0"})
# «lECM», «I ECM»: a capital I read as l, or torn from its word.
_SUSPECT = re.compile(r"\bl[A-ZÁÉÍÓÚÑ]{2,}\b|\bI [A-ZÁÉÍÓÚÑ]{2,}\b")


def normal_code(text: str) -> str:
    """«11 .1» → «11.1», «1.1.» → «1.1», «l.2» → «1.2», «OE 1» → «OE1». Anything else only loses its outer spaces."""
    code = " ".join(text.split())
    if _LIKE_NUMBERS.fullmatch(code):
        code = code.translate(_MISREAD)
    code = re.sub(r"\s*([.\-])\s*", r"\1", code)
    code = re.sub(r"^([A-Za-z]{1,4}) (\d)", r"\1\2", code)
    code = re.sub(r"(?<=\d) (?=\d)", "", code) if "." in code else code
    return code.rstrip(".")


def suspect(text: str) -> list[str]:
    """Words that a scanner may have torn or misread, to be looked at by a person."""
    return _SUSPECT.findall(text)
