"""What is cut out of a sentence is marked as cut, keeps its quotation marks in pairs and is led up to."""

from __future__ import annotations

import pytest

from generator.model import Span
from generator.site import clipping

SENTENCE = "The museum on the quay showed a boat that held the island’s drowned sailors."


@pytest.mark.parametrize(
    ("printed", "before", "after", "shown"),
    [
        ("The ferry left at noon.", False, False, "The ferry left at noon."),
        ("The ferry left at noon,", False, True, "The ferry left at noon …"),
        ("that held the sailors.", True, False, "… that held the sailors."),
        ("“There will be talks,", False, True, "“There will be talks …”"),
        ('"Both towns want the bridge.', False, False, '"Both towns want the bridge."'),
        ('So we agree," said the mayor.', False, False, '"… So we agree," said the mayor.'),
        ("and we agree,” said the mayor.", True, False, "“… and we agree,” said the mayor."),
        ('The mayor praised "firm support.”', False, False, 'The mayor praised "firm support.”'),
        (",” The ferry left.", True, False, "… The ferry left."),
    ],
)  # fmt: skip
def test_words_that_stand_alone_show_where_they_were_cut_and_close_their_quotations(printed, before, after, shown):
    assert clipping.clip(printed, before=before, after=after).text == shown


def test_a_clause_is_led_up_to_by_its_sentence_or_by_as_much_of_it_as_is_short():
    start = SENTENCE.index("that held")
    clause = SENTENCE.index("showed")
    whole = Span(0, len(SENTENCE))
    assert clipping.leading(SENTENCE, whole, start, ()) == SENTENCE[:start].strip()
    long = "word " * 30 + SENTENCE
    shifted = clipping.leading(long, Span(0, len(long)), start + 150, (clause + 150,))
    assert shifted == "… showed a boat"
    assert clipping.leading(long, Span(0, len(long)), start + 150, ()) == ""


def test_a_quotation_that_opens_in_the_lead_is_closed_by_the_clause():
    clip = clipping.clip("which is new.”", before=True, after=False, lead="“We have a boat,")
    assert (clip.text, clip.after_lead) == ("… which is new.”", "which is new.”")


def test_nothing_leads_up_to_a_clause_where_words_before_it_may_not_be_shown():
    cut = "The museum […] showed a boat that held the sailors."
    assert clipping.leading(cut, Span(0, len(cut)), cut.index("that"), ()) == ""


def test_words_that_end_with_a_quotation_in_the_middle_of_a_sentence_are_cut():
    assert clipping.cuts("The mayor said that Dorn “will pay a price”", at_start=True, at_end=False) == (False, True)
    assert clipping.cuts("The mayor said that Dorn “will pay.”", at_start=True, at_end=False) == (False, False)
    assert clipping.cuts("Dorn “will pay a price”", at_start=True, at_end=True) == (False, False)
