"""The recovery kit as a sheet of paper: shown, printed, saved. It opens the store, so it is never kept on its own.

The program writes it only where a person asks for it.
"""

import os
from datetime import date
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFont, QPageLayout, QPageSize, QPdfWriter, QTextCursor, QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from gcp2_app.errors import StoreError
from gcp2_app.ui import words


def tr(text: str) -> str:
    """Translate a text of this module."""
    return QCoreApplication.translate("kit", text)


def groups(code: str) -> tuple[str, ...]:
    """Return the groups a recovery code is written in."""
    return tuple(part for part in code.replace("-", " ").split() if part)


def code_rows(code: str) -> tuple[str, ...]:
    """Return the code three groups a row, as the screen shows it: "group 4" is the first of the second row."""
    parts = groups(code)
    return tuple("-".join(parts[start : start + 3]) for start in range(0, len(parts), 3))


def kit_lines(code: str, store: str, made_on: date) -> tuple[str, ...]:
    """Return what the kit says, its title first.

    Args:
        store: the store's name, as people know it.
    """
    return (
        tr("gcp2 recovery kit"),
        tr("Store: {store}").format(store=store),
        tr("Made on {day}").format(day=words.day(made_on)),
        "",
        *code_rows(code),
        "",
        tr("With this code and a copy of the store, anyone can read everything in it."),
        tr("Keep it on paper in a locked place, away from the laptop. Do not photograph it or send it by email."),
        tr("To use it: open gcp2, choose “Use the recovery kit” and type the code. You then choose a new passphrase."),
        tr("When a new kit is made, this one stops working: shred it."),
    )


def kit_document(lines: tuple[str, ...], code: str) -> QTextDocument:
    """Return the kit laid out for paper."""
    document = QTextDocument()
    document.setDefaultFont(QFont(document.defaultFont().family(), 11))
    rows = code_rows(code)
    cursor = QTextCursor(document)
    body = cursor.charFormat()
    title = QTextCursor(document).charFormat()
    title.setFontPointSize(20)
    title.setFontWeight(QFont.Weight.Bold)
    fixed = QTextCursor(document).charFormat()
    fixed.setFontFamilies(["monospace"])
    fixed.setFontFixedPitch(True)
    fixed.setFontPointSize(16)
    for number, line in enumerate(lines):
        if number:
            cursor.insertBlock()
        cursor.insertText(line, title if number == 0 else fixed if line in rows else body)
    return document


def write_kit(path: Path, lines: tuple[str, ...], code: str) -> None:
    """Write the kit as PDF or, by the file's ending, as text, for this user's eyes only.

    Raises:
        StoreError: it cannot be written there.
    """
    try:
        # Made by us first, so that it is private before there is anything in it.
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        path.chmod(0o600)
        if path.suffix.lower() == ".txt":
            path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        else:
            _write_pdf(path, kit_document(lines, code))
        written = path.stat().st_size > 0
    except OSError as error:
        raise StoreError(
            tr("The recovery kit could not be written ({reason}).").format(reason=error.strerror),
            tr("Choose another place, or print it."),
        ) from error
    if not written:
        raise StoreError(tr("The recovery kit could not be written."), tr("Choose another place, or print it."))


def print_kit(parent: QWidget, lines: tuple[str, ...], code: str) -> None:
    """Ask for a printer, then print the kit."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName("gcp2")
    dialog = QPrintDialog(printer, parent)
    dialog.accepted.connect(lambda: kit_document(lines, code).print_(printer))
    dialog.finished.connect(dialog.deleteLater)
    # Its own `open` wants a slot by name.
    QDialog.open(dialog)


def _write_pdf(path: Path, document: QTextDocument) -> None:
    writer = QPdfWriter(str(path))
    writer.setTitle(tr("gcp2 recovery kit"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    margins = writer.pageLayout().margins(QPageLayout.Unit.Millimeter)
    for set_margin in (margins.setLeft, margins.setRight, margins.setTop, margins.setBottom):
        set_margin(25)
    writer.setPageMargins(margins, QPageLayout.Unit.Millimeter)
    document.print_(writer)
