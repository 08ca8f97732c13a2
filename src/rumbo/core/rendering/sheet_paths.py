"""Which file of the package each sheet's name stands for."""

import io
import posixpath
import zipfile

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from rumbo.core.rendering.refused import WorkbookRefused

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"


def sheet_paths(content: bytes) -> dict[str, str]:
    """Path in the package by name of the sheet, in the workbook's order."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            book = ElementTree.fromstring(package.read(_WORKBOOK))
            relations = ElementTree.fromstring(package.read(_RELATIONS))
    except (KeyError, ElementTree.ParseError, DefusedXmlException, zipfile.BadZipFile, ValueError) as reason:
        raise WorkbookRefused("corrupt") from reason
    targets = {one.get("Id", ""): one.get("Target", "") for one in relations}
    paths = {}
    for element in book.iter():
        if not element.tag.endswith("}sheet"):
            continue
        # the id's namespace differs between the two flavours of the format
        ident = next((value for key, value in element.attrib.items() if key.endswith("}id")), "")
        paths[element.get("name", "")] = _absolute(targets.get(ident, ""))
    return paths


def _absolute(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))
