import pytest

from directory.search.words import fold, forms_of, words_of


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Cooperativa Agrícola", "cooperativa agricola"),
        ("Łódź Straße", "lodz strasse"),
        ("Smørrebrød Æble", "smorrebrod aeble"),
        ("Συνεταιρισμός", "συνεταιρισμοσ"),
        ("Ёлочка", "елочка"),
        ("الجمعيّة", "الجمعيه"),
        ("שָׁלוֹם", "שלומ"),
    ],
)
def test_accents_case_and_marks_do_not_count(written, typed):
    assert fold(written) == typed


@pytest.mark.parametrize("written", ["Co-op", "co op", "CO–OP", "coop"])
def test_a_co_op_is_one_word_however_it_is_written(written):
    assert words_of(written) == ["coop"]


def test_an_apostrophe_s_belongs_to_its_word():
    assert words_of("Baker's Dozen") == ["bakers", "dozen"]


def test_hindi_words_are_not_cut_at_their_vowel_signs():
    assert words_of("सहकारी समिति") == ["सहकारी", "समिति"]


def test_scripts_without_blanks_are_cut_into_pairs():
    assert words_of("東京生協") == ["東京", "京生", "生協"]


@pytest.mark.parametrize(
    ("written", "form"),
    [
        ("eco-village", "ecovillage"),
        ("Κοι.Σ.Π.Ε.", "κοισπε"),
        ("S.C.O.P. Le Pavé", "scop"),
        ("кооператив", "kooperativ"),
        ("Συνεταιρισμός", "synetairismos"),
    ],
)
def test_words_are_found_in_one_and_in_latin_letters_too(written, form):
    assert form in forms_of(written)
