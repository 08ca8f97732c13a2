"""Files in and out.

Uploading a workbook: read → check → rows with errors → action, with nothing half applied; and the page for it:

outcome = run_import(content, SHEET, apply, dry_run=False)     # `apply` writes, or raises RowsRefused
return upload_page(request, title=..., run=..., template="app:template", back="app:list")
"""

import os
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django import forms
from django.conf import settings
from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from rumbo.core.rendering.intake import Taken, marked, take
from rumbo.core.rendering.limits import DEFAULT_LIMITS
from rumbo.core.rendering.refused import WorkbookRefused
from rumbo.core.rendering.table import CellError, Record, Sheet, translated
from rumbo.core.vocabulary.data_nature import notice_of
from rumbo.core.vocabulary.marking import N_
from rumbo.core.vocabulary.refusal import Refusal
from rumbo.foundation.ui.doors import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_MARKED = 2000  # more comments than that nobody reads, and Excel opens the file slowly
SHOWN = 100  # errors listed on the page; the workbook has them all
KEPT = timedelta(days=1)  # how long a marked workbook waits to be downloaded
SESSION_KEY = "marked_workbooks"
# Shown by the browser itself; the rest is downloaded. Types were told by content when the file was stored.
OPENED_IN_PLACE = frozenset({"application/pdf", "image/jpeg", "image/png"})
_EMPTY = N_("La hoja no tiene filas con datos. Escríbalas debajo de los encabezados.")


class RowsRefused(Exception):
    """Lines that read well but cannot be applied; each fault names its cell."""

    def __init__(self, errors: Sequence[CellError]) -> None:
        self.errors = tuple(errors)
        super().__init__("; ".join(map(str, errors)))


@dataclass(frozen=True, slots=True)
class Outcome:
    """`good` lines read well. With errors nothing was applied; without them and not `applied`, it was a rehearsal."""

    content: bytes
    good: int
    errors: tuple[CellError, ...]
    warnings: tuple[CellError, ...]
    applied: bool

    @property
    def bad(self) -> int:
        return len({(error.sheet, error.row) for error in self.errors})

    @property
    def sentence(self) -> str:
        """«Se leyeron bien 5,010 filas; 3 por corregir; no se aplicó ninguna.»"""
        counts = {"good": f"{self.good:,}", "bad": f"{self.bad:,}"}
        if self.errors:
            return _("Se leyeron bien %(good)s filas; %(bad)s por corregir; no se aplicó ninguna.") % counts
        if self.applied:
            return _("Se leyeron bien %(good)s filas y se aplicaron todas.") % counts
        return _("Se leyeron bien %(good)s filas; ninguna por corregir. Solo se revisó: no se aplicó ninguna.") % counts

    def lines(self) -> list[str]:
        """Every error with its place, in the language of whoever reads."""
        return [said(error) for error in self.errors]

    def marked(self) -> bytes:
        """The person's own workbook with the wrong cells marked. Raises WorkbookRefused."""
        return marked(self.content, self.errors[:MOST_MARKED], translate=_)


def said(error: CellError) -> str:
    """«Fila 37, columna H: …»."""
    text = translated(error, _)
    if not error.row:
        return text
    if not error.column:
        return _("Fila %(row)s: %(text)s") % {"row": f"{error.row:,}", "text": text}
    return _("Fila %(row)s, columna %(column)s: %(text)s") % {
        "row": f"{error.row:,}",
        "column": error.letter,
        "text": text,
    }


def run_import(
    content: bytes, sheet: Sheet, apply: Callable[[Sequence[Record]], object], *, dry_run: bool = False
) -> Outcome:
    """Read the table and apply it in one transaction, or rehearse it. Raises WorkbookRefused."""
    sheet = spoken(sheet)
    taken = take(content, (sheet,), main=sheet)
    records, errors = taken.records(sheet), list(taken.errors)
    if not records and not errors:
        errors.append(CellError(0, 0, _EMPTY, {}, sheet.name))
    if not errors:
        errors.extend(_applied(records, apply, dry_run))
    wrong = {(error.sheet, error.row) for error in errors}
    return Outcome(
        content=content,
        good=sum((record.sheet, record.row) not in wrong for record in records),
        errors=tuple(errors),
        warnings=tuple(taken.warnings),
        applied=not errors and not dry_run,
    )


def spoken(sheet: Sheet) -> Sheet:
    """The table in the language of whoever reads: its tab, headers and words are understood in every language."""
    columns = [
        replace(
            column,
            title=_(column.title),
            aliases=(*column.aliases, *everywhere(column.title)),
            choices={key: _(words) for key, words in column.choices.items()},
            also={key: everywhere(words) for key, words in column.choices.items()},
        )
        for column in sheet.columns
    ]
    return replace(sheet, name=_(sheet.name), aliases=everywhere(sheet.name), columns=columns)


def take_spoken(content: bytes, sheets: Sequence[Sheet], *, main: Sheet) -> Taken:
    """A workbook of several tables, written in whatever language; what was read is asked for by the declared tables.

    Raises WorkbookRefused.
    """
    said = {sheet.name: spoken(sheet) for sheet in sheets}
    taken = take(content, tuple(said.values()), main=said[main.name])
    return replace(
        taken, sheets={name: taken.sheets[one.name] for name, one in said.items() if one.name in taken.sheets}
    )


def everywhere(source: str) -> tuple[str, ...]:
    """A source text in each language of the product."""
    said = [source]
    for code, _name in settings.LANGUAGES:
        with override(code):
            said.append(_(source))
    return tuple(dict.fromkeys(said))


def _applied(
    records: Sequence[Record], apply: Callable[[Sequence[Record]], object], dry_run: bool
) -> Sequence[CellError]:
    try:
        with transaction.atomic():
            apply(records)
            if dry_run:
                transaction.set_rollback(True)
    except RowsRefused as refused:
        return refused.errors
    except Refusal as refusal:
        return [CellError(0, 0, refusal.template, refusal.params, records[0].sheet)]
    return []


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Archivo de Excel (.xlsx) o CSV"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )
    rehearse = forms.BooleanField(
        label=gettext_lazy("Solo revisar, sin aplicar nada"),
        required=False,
    )


def upload_page(
    request: Request, *, title: str, run: Callable[[bytes, bool], Outcome], template: str, back: str, lead: str = ""
) -> HttpResponseBase:
    """The whole page of an upload, behind the door of whoever calls. `template` and `back` are names of addresses of
    the institution; `run(content, dry_run)` is the app's import."""
    if request.method == "GET" and "errores" in request.GET:
        return _marked_workbook(request, request.GET["errores"])
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    outcome: Outcome | None = None
    token = ""
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["file"].read(DEFAULT_LIMITS.file_bytes + 1)
        try:
            outcome = run(content, form.cleaned_data["rehearse"])
            token = _keep(request, outcome) if outcome.errors else ""
        except WorkbookRefused as refused:
            form.add_error("file", refused.message(_) + " " + _("No se aplicó nada."))
    if outcome is not None and outcome.applied:
        messages.success(request, outcome.sentence)
        return redirect(reverse(back, kwargs={"slug": request.institution.slug}))
    wrong = bool(form.errors) or bool(outcome and outcome.errors)
    context = {
        "title": title,
        "lead": lead,
        "form": form,
        "outcome": outcome,
        "lines": outcome.lines()[:SHOWN] if outcome else [],
        "more": max(len(outcome.errors) - SHOWN, 0) if outcome else 0,
        "warnings": [said(warning) for warning in outcome.warnings[:SHOWN]] if outcome else [],
        "token": token,
        "template_url": reverse(template, kwargs={"slug": request.institution.slug}),
        "back_url": reverse(back, kwargs={"slug": request.institution.slug}),
    }
    return render(request, "ui/upload.html", context, status=422 if wrong else 200)


def downloaded(content: bytes | str, name: str, media_type: str) -> HttpResponse:
    """What was just made, to be kept by whoever asked under `name`, whatever letters a code has in it."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or ""}
    return HttpResponse(content, content_type=media_type, headers=headers)


def workbook_answer(content: bytes, name: str) -> HttpResponse:
    """A workbook to be downloaded."""
    return downloaded(content, name, XLSX)


def stored_file(
    opened: Callable[[], BinaryIO], *, name: str, media_type: str, always_downloaded: bool = False
) -> FileResponse:
    """What `opened` gives of the shelf of documents, never kept by the browser nor read as another type.

    Whose file it is has asked for its own permission before. 404 where the shelf refuses it.
    """
    try:
        content = opened()
    except Refusal as gone:
        raise Http404(str(gone)) from gone
    attached = always_downloaded or media_type not in OPENED_IN_PLACE
    answer = FileResponse(content, as_attachment=attached, filename=name, content_type=media_type)
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


def banner_of(institution: Any) -> str:
    """What goes first on every sheet of data that are not real; empty for real data."""
    name = institution.short_name or institution.name
    return notice_of(institution.nature, name, translate=_, language=get_language())


def _folder() -> Path:
    return Path(settings.HOME) / "revisados"


def _keep(request: Request, outcome: Outcome) -> str:
    """The marked workbook waits on the disk for whoever uploaded it, and for nobody else."""
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    _sweep(folder, request.now)
    token = secrets.token_urlsafe(16)
    path = folder / f"{token}.xlsx"
    path.write_bytes(outcome.marked())
    os.utime(path, (request.now.timestamp(), request.now.timestamp()))
    # the newest few: a session is not a shelf
    request.session[SESSION_KEY] = [*request.session.get(SESSION_KEY, []), token][-5:]
    return token


def _sweep(folder: Path, now: datetime) -> None:
    oldest = (now - KEPT).timestamp()
    for path in folder.glob("*.xlsx"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)


def _marked_workbook(request: Request, token: str) -> FileResponse:
    path = _folder() / f"{token}.xlsx"
    if token not in request.session.get(SESSION_KEY, []) or not path.is_file():
        raise Http404
    return FileResponse(path.open("rb"), as_attachment=True, filename="por-corregir.xlsx", content_type=XLSX)
