"""Inks of the style sheet, where CSS does not reach."""

import pytest

from macros.facts.finding import GuideError
from macros.pages import tokens


def test_an_ink_is_that_of_its_scheme():
    inks = tokens.tokens()
    assert tokens.inked("a { color: ink(soft) } .night a { color: night(soft) }") == (
        f"a {{ color: {inks['light']['soft']} }} .night a {{ color: {inks['dark']['soft']} }}"
    )


def test_an_ink_that_there_is_not_names_the_nearest():
    with pytest.raises(GuideError, match="no ink 'sofd'; did you mean 'soft'?"):
        tokens.inked("a { color: night(sofd) }")
