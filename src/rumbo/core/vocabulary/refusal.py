"""What the product says when it will not do something: what happened, where, and what to do now."""

from typing import Any

from rumbo.core.vocabulary.filling import fill


class Refusal(Exception):
    """`template` is the Spanish source string, with %(name)s places; a page translates it and fills `params`
    (`filling.fill`), which stay raw until then."""

    def __init__(self, template: str, **params: Any) -> None:
        self.template = template
        self.params = params
        super().__init__(fill(template, params))


class Forbidden(Refusal):
    """Whoever asks does not hold the permission here."""
