"""Commands that need no store: ``score`` and ``forms check``."""

import argparse
import json
import sys
from pathlib import Path

from gcp2_app import forms
from gcp2_app.errors import BadFile, NotFound
from gcp2_app.exchange.score import score_text


def score(parsed: argparse.Namespace) -> int:
    """Roll up the documents of a file; one answer a document, one a line."""
    pack = forms.find_pack(parsed.pack)
    name = "standard input" if parsed.file == "-" else parsed.file
    try:
        raw = sys.stdin.buffer.read() if parsed.file == "-" else Path(parsed.file).read_bytes()
        text = raw.decode("utf-8-sig")
    except FileNotFoundError:
        raise NotFound(f"There is no file {name}.", "Check the path.") from None
    except UnicodeDecodeError:
        raise BadFile(name, "", "it is not UTF-8 text.", "Save it as UTF-8.") from None
    # All documents are rolled up before the first answer is printed: a refusal leaves no half answer.
    answers = list(score_text(pack, text, file=name, age_months=parsed.age_months))
    for answer in answers:
        print(json.dumps(answer))
    return 0


def forms_check(parsed: argparse.Namespace) -> int:
    """Check pack files and entry kinds; every problem on a line of its own."""
    path: Path = parsed.path
    if not path.exists():
        raise NotFound(f"There is no file or folder {path}.", "Check the path.")
    files = sorted(path.rglob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise NotFound(f"There is no form in {path}.", "Forms are files that end in .toml.")
    problems = {str(file): [str(problem) for problem in forms.check_form(file)] for file in files}
    if parsed.json:
        print(json.dumps({"files": [{"file": file, "problems": found} for file, found in problems.items()]}))
    else:
        for file, found in problems.items():
            print("\n".join(found) if found else f"{file}: right", file=sys.stderr if found else sys.stdout)
    return 1 if any(problems.values()) else 0
