"""A passphrase is measured, and told what to do about."""

import pytest

from gcp2_app.errors import InvalidValue
from gcp2_app.storage.passphrases import passphrase_strength, require_strong


@pytest.mark.parametrize("weak", ["", "a", "password", "qwerty123", "letmein2026", "aaaaaaaaaaaaaaa"])
def test_weak_ones_are_refused_with_a_mend(weak: str) -> None:
    strength = passphrase_strength(weak)
    assert strength.score < 3
    assert not strength.enough
    with pytest.raises(InvalidValue, match="too easy to guess") as refused:
        require_strong(weak)
    assert refused.value.mend == strength.sentence


@pytest.mark.parametrize("strong", ["correct horse battery staple", "seven quiet otters juggle", "x9$Kq!27fLz&w"])
def test_strong_ones_pass(strong: str) -> None:
    assert passphrase_strength(strong).enough
    require_strong(strong)


def test_names_a_guesser_knows_count_for_nothing() -> None:
    alone = passphrase_strength("quillfeather dudley")
    known = passphrase_strength("quillfeather dudley", ("Ines Quillfeather", "Dudley Council"))
    assert known.score < alone.score


def test_length_is_no_obstacle() -> None:
    assert passphrase_strength("seven quiet otters juggle " * 40).score == 4
