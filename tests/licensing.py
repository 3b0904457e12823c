"""A licensed pack made up for tests, as a file, and training for it."""

from datetime import date
from pathlib import Path

from gcp2_app.domain.licensing import Training
from gcp2_app.services import training
from gcp2_app.services.session import Session

FOUR_GRADE = Path(__file__).parent / "data" / "packs" / "four-grade" / "1.0.0.toml"
TITLE = "Licensed test record"


def write_licensed(folder: Path, *, expires: date, version: str = "1.0.0", prompt: str = "") -> Path:
    """Write a licensed pack of Westshire; its units ask what the four-grade pack's do, or one question of its own."""
    text = FOUR_GRADE.read_text(encoding="utf-8")
    text = text.replace('id = "four-grade"', 'id = "licensed"').replace('version = "1.0.0"', f'version = "{version}"')
    text = text.replace("Four-grade test record", TITLE).replace(
        'short_title = "Four grades"', 'short_title = "Licensed"'
    )
    text = text.replace(
        'kind = "open"', f'kind = "licensed"\narea = "Westshire"\nexpires = {expires.isoformat()}\ncourse = "gcp2"'
    )
    if prompt:
        start = text.index('prompt = "')
        text = text[:start] + f'prompt = "{prompt}"' + text[text.index("\n", start) :]
    path = folder / f"licensed-{version}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def train(session: Session, held: Training) -> str:
    """Record a training, and confirm it as the only one of the store who could. Return id of its entry."""
    id_ = training.record(session, held)
    training.confirm(session, id_, held, seen="the certificate")
    return id_
