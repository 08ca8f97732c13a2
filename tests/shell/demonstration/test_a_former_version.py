"""`rumbo demo` with what a former version of the program loaded."""

from argparse import Namespace
from pathlib import Path
from unittest.mock import MagicMock, Mock

import pytest

from rumbo.shell.command import demo


def test_what_a_former_version_loaded_is_brought_up_to_date_before_its_documents_are_written(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    done = Mock()
    done.write_documents.return_value = []
    monkeypatch.setattr(demo, "is_loaded", lambda: True)
    monkeypatch.setattr(demo.standing, "operator", Mock())
    for name in ("call_command", "write_documents", "load"):
        monkeypatch.setattr(demo, name, getattr(done, name))
    console = MagicMock()
    demo.run(Namespace(fresh=False, no_serve=True, out=tmp_path, port=8000), console)
    assert [call[0] for call in done.mock_calls] == ["call_command", "write_documents"]
    assert done.call_command.call_args.args == ("migrate",)
