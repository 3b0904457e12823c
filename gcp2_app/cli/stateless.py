"""Commands that need no store: ``score`` and ``forms check``."""

import argparse
import json
import sys
from pathlib import Path

from gcp2_app.errors import AppError, BadFile, NotFound
from gcp2_app.exchange.score import score_text
from gcp2_app.forms.checking import check_form
from gcp2_app.forms.packs import find_pack

#: The largest file of documents that is read, in bytes.
_MOST_BYTES = 256 * 1024 * 1024


def score(parsed: argparse.Namespace) -> int:
    """Roll up the documents of a file; one answer a document, one a line."""
    pack = find_pack(parsed.pack)
    name = "standard input" if parsed.file == "-" else parsed.file
    # All documents are rolled up before the first answer is printed: a refusal leaves no half answer.
    answers = list(score_text(pack, _text(parsed.file, name), file=name, age_months=parsed.age_months))
    for answer in answers:
        print(json.dumps(answer))
    return 0


def _text(file: str, name: str) -> str:
    try:
        raw = _read(file)
    except FileNotFoundError:
        raise NotFound(f"There is no file {name}.", "Check the path.") from None
    except OSError as error:
        raise BadFile(name, "", f"it cannot be read ({error.strerror}).", "Check the path and its rights.") from None
    if len(raw) > _MOST_BYTES:
        raise BadFile(name, "", "it is larger than 256 MiB.", "Score it in parts.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise BadFile(name, f"line {line}", "this is not UTF-8 text.", "Save the file as UTF-8.") from None
    if not text.strip():
        raise BadFile(name, "", "it is empty.", 'Write {"age_months": …, "units": {…}}, one document or one a line.')
    return text


def _read(file: str) -> bytes:
    if file != "-":
        with Path(file).open("rb") as opened:
            return opened.read(_MOST_BYTES + 1)
    if sys.stdin is None:
        raise NotFound("There is no standard input.", "Name a file in the place of -.")
    return sys.stdin.buffer.read(_MOST_BYTES + 1)


def forms_check(parsed: argparse.Namespace) -> int:
    """Check pack files, entry kinds and policies; the answer says of each what is wrong with it, or that it is right.

    Raises:
        NotFound: there is no form at the path.
        BadFile: a form has an error in it; the first is told, the answer has them all.
    """
    path: Path = parsed.path
    if not path.exists():
        raise NotFound(f"There is no file or folder {path}.", "Check the path.")
    files = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise NotFound(f"There is no form in {path}.", "Forms are files that end in .toml.")
    problems = {str(file): check_form(file) for file in files}
    if parsed.json:
        answer = [{"file": file, "problems": [str(each) for each in found]} for file, found in problems.items()]
        print(json.dumps({"files": answer}))
    else:
        for file, found in problems.items():
            print("\n".join(map(str, found)) if found else f"{file}: right")
    wrong = [each for found in problems.values() for each in found]
    if len(wrong) > 1:
        raise AppError(f"{wrong[0]}", f"This is the first of {len(wrong)} problems; standard output lists them.")
    if wrong:
        raise wrong[0]
    return 0
