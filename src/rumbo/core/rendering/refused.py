"""Why an uploaded workbook was not read, in words for the person who uploaded it."""

from collections.abc import Callable
from typing import Final

from rumbo.core.vocabulary.filling import fill
from rumbo.core.vocabulary.marking import N_

# What happened, and what to do now. The file was not kept and nothing was applied: whoever shows it says so once.
REASONS: Final[dict[str, str]] = {
    "empty": N_("El archivo está vacío. Elija el libro de Excel que quiere subir."),
    "too_big": N_(
        "El archivo pesa %(size)s MB y el máximo es %(limit)s MB. Quite hojas o imágenes que no se necesiten."
    ),
    "macros": N_("El libro contiene macros. Guárdelo como «Libro de Excel (.xlsx)», sin macros, y vuelva a subirlo."),
    "password": N_("El libro está protegido con contraseña. Quítele la contraseña de apertura y vuelva a subirlo."),
    "old_excel": N_(
        "El archivo es de una versión anterior de Excel (.xls). "
        "Ábralo, guárdelo como «Libro de Excel (.xlsx)» y vuelva a subirlo."
    ),
    "binary_excel": N_(
        "El archivo es un libro binario (.xlsb). Guárdelo como «Libro de Excel (.xlsx)» y súbalo de nuevo."
    ),
    "open_document": N_(
        "El archivo es una hoja de OpenDocument (.ods). Guárdelo como «Excel (.xlsx)» y súbalo de nuevo."
    ),
    "pdf": N_("El archivo es un PDF, no un libro de Excel. Suba el libro con los datos (.xlsx)."),
    "wrong_type": N_(
        "El archivo no es un libro de Excel, aunque su nombre lo diga. Suba un libro .xlsx o un archivo CSV."
    ),
    "text": N_("El archivo es texto (CSV), no un libro de Excel. Súbalo con la extensión .csv o guárdelo como .xlsx."),
    "corrupt": N_(
        "El libro está dañado y no se pudo leer. Ábralo en Excel, guárdelo con otro nombre y suba esa copia."
    ),
    "bomb": N_("El libro ocupa demasiado al abrirlo. Copie solo los datos a un libro nuevo y suba ese."),
    "too_many_sheets": N_("El libro tiene %(count)s hojas y el máximo es %(limit)s. Deje solo las que va a cargar."),
    "too_many_rows": N_(
        "La hoja «%(sheet)s» llega a la fila %(count)s y el máximo es %(limit)s. "
        "Borre las filas vacías del final o divida el archivo."
    ),
    "too_many_columns": N_(
        "La hoja «%(sheet)s» llega a la columna %(count)s y el máximo es %(limit)s. "
        "Borre las columnas que no se usan y vuelva a subirlo."
    ),
    "too_many_cells": N_(
        "La hoja «%(sheet)s» abarca %(count)s celdas y el máximo es %(limit)s. Borre filas y columnas que no se usan."
    ),
    "formula_without_value": N_(
        "Hoja «%(sheet)s», celda %(cell)s: la fórmula no tiene un resultado guardado. "
        "Abra el libro en Excel, guárdelo y vuelva a subirlo."
    ),
    "no_sheets": N_("El libro no tiene hojas con datos. Revise que sea el archivo correcto."),
    "csv_unreadable": N_(
        "El archivo CSV no se pudo leer cerca de la línea %(line)s. Guárdelo como «CSV UTF-8» desde Excel."
    ),
}


class WorkbookRefused(Exception):
    """An uploaded file that is not read: `code`, and the sentence as `template` and `params`, to be translated.

    `str()` gives the Spanish sentence.
    """

    def __init__(self, code: str, **params: str | int) -> None:
        self.code = code
        self.template = REASONS[code]
        self.params = params
        super().__init__(self.message())

    def message(self, translate: Callable[[str], str] = str) -> str:
        return fill(self.template, self.params, translate)
