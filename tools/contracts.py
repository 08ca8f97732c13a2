"""A contract of our own for import-linter: an app is asked through its public rooms, never through its inside."""

import grimp
from importlinter import Contract, ContractCheck, fields, output


class FacesContract(Contract):
    """Of another app's modules only `rooms` (and those named in `also`) may be imported from within `floors`.

    The floor above, which assembles, is free. Apps in `open` have no inside: everybody may import all of them.
    """

    floors = fields.ListField(subfield=fields.StringField())
    rooms = fields.ListField(subfield=fields.StringField())
    also = fields.ListField(subfield=fields.StringField(), required=False)
    open = fields.ListField(subfield=fields.StringField(), required=False)

    def check(self, graph: grimp.ImportGraph, verbose: bool) -> ContractCheck:
        breaches = [
            (importer, imported, graph.get_import_details(importer=importer, imported=imported))
            for importer in sorted(graph.modules)
            if (home := self.app_of(importer))
            for imported in sorted(graph.find_modules_directly_imported_by(importer))
            if (other := self.app_of(imported)) and other != home and not self.is_face(imported, other)
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported, details in check.metadata["breaches"]:
            lines = ", ".join(f"l. {detail['line_number']}" for detail in details)
            output.print_error(f"{importer} imports {imported} ({lines})", bold=False)
        output.new_line()

    def app_of(self, module: str) -> str | None:
        """`rumbo.systems.captures` for anything inside it; None outside the floors."""
        for floor in self.floors:  # type: ignore[attr-defined]
            if module.startswith(f"{floor}."):
                return ".".join(module.split(".")[: floor.count(".") + 2])
        return None

    def is_face(self, module: str, app: str) -> bool:
        if app in (self.open or ()):  # type: ignore[attr-defined]
            return True
        faces = [f"{app}.{room}" for room in self.rooms] + list(self.also or ())  # type: ignore[attr-defined]
        return any(module == face or module.startswith(f"{face}.") for face in faces)
