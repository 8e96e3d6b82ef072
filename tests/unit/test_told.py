"""A mail says each thing once, and leaves nothing out that it does not say elsewhere."""

import pytest

from pressutskick.message.told import Told, leave_out_repeats

PLACE = "Regionens hus, Storgatan 1, Åstad"


@pytest.mark.parametrize(
    ("source", "left"),
    [
        ("Bron öppnar på torsdag i solsken.\n\nKom!", "Kom!"),
        ("Bron öppnar på torsdag i solsken. Ta med stövlar.", None),
        ("En två tre fyra.\n\nMellan.\n\n*En* två\\\ntre fyra.", "En två tre fyra.\n\nMellan."),
        ("Kom!\n\nText.\n\nKom!", None),
        ("- Bron öppnar på torsdag i solsken.", None),
        ("## Bron öppnar på torsdag i solsken", None),
        (f"Plats: {PLACE}", ""),
        (f"**Var:** {PLACE}. Parkera bakom huset.", "Parkera bakom huset."),
        (f"Vi ses i {PLACE}.", None),
    ],
)
def test_what_stands_elsewhere_is_left_out_once(source: str, left: str | None) -> None:
    above = ("Rubriken", "Bron öppnar på torsdag, i solsken!")
    assert leave_out_repeats(source, above, [PLACE]) == (source if left is None else left)


def test_of_a_note_only_new_sentences_stay() -> None:
    told = Told("Ta med presskort! Ingången är på baksidan")
    assert told.leave_out("Ta med presskort. Fotografera gärna.") == "Fotografera gärna."
    assert told.leave_out("Fotografera gärna!") == ""
    assert told.leave_out("Kort. Baksidan är röd.") == "Kort. Baksidan är röd."
