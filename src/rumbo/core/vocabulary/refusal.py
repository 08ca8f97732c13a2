"""What the product says when it will not do something: what happened, where, and what to do now."""

from typing import Any


class Refusal(Exception):
    """`template` is the Spanish source string, with %(name)s places; a page translates it and fills `params`."""

    def __init__(self, template: str, **params: Any) -> None:
        self.template = template
        self.params = params
        super().__init__(template % params if params else template)


class Forbidden(Refusal):
    """Whoever asks does not hold the permission here."""
