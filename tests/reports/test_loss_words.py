"""Every loss has words for the person a copy is for."""

from itertools import product

from gcp2_app.domain.withheld import Loss, SecretKind, Why
from gcp2_app.reports.loss_words import exemption_words, reason_words, thing_words


def test_every_loss_has_words_and_every_mark_of_the_record_its_ground_in_law() -> None:
    for kind, why in product(SecretKind, Why):
        loss = Loss(kind, why, "History", 2)
        assert thing_words(loss).startswith("2 ")
        assert reason_words(loss).endswith(".")
        assert ("Data Protection Act 2018" in exemption_words(loss)) is (why not in {Why.ANALYSIS, Why.CHOSEN})
    assert thing_words(Loss(SecretKind.ENTRY, Why.HARM, "History", 1)) == "1 whole entry"
