"""Marks a Spanish source string for the translation catalogue without translating it here."""


def N_(text: str) -> str:  # noqa: N802  (gettext's own name for "mark, do not translate")
    return text
