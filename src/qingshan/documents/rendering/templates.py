"""Where templates lie: the bureau's own first, then those that came with a room."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

__all__ = ["BadTemplate", "find_template", "register_templates"]


class BadTemplate(ValueError):
    """A template cannot be found, read or filled in; the words say which and why."""


_ROOM_FOLDERS: list[Path] = [Path(__file__).resolve().parent.parent / "papers"]


def register_templates(folder: Path) -> None:
    """Add a room's folder of templates; called when the room starts."""
    if folder not in _ROOM_FOLDERS:
        _ROOM_FOLDERS.append(folder)


def find_template(name: str) -> Path:
    """Find a template by its file name, such as ``annual_report.docx``.

    A file of that name in the folder ``paper-templates`` of the data folder takes the place of
    the one that came with the room: the bureau owns its papers.

    Raises
    ------
    BadTemplate
        There is none of that name.
    """
    folders = [Path(settings.PAPER_TEMPLATES), *_ROOM_FOLDERS]
    for folder in folders:
        path = folder / Path(name).name
        if path.is_file():
            return path
    raise BadTemplate(_("没有名为“%(name)s”的模板；请放入 %(folder)s") % {"name": name, "folder": folders[0]})
