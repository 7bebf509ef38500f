"""What people type, and what they mean by it: endings, blanks, guesses, and false friends."""

from urllib.parse import quote

import pytest

from tests.factories import make_organization, make_place, make_term


@pytest.fixture
def bakery(db):
    make_term(
        "food.baking",
        scheme="sector",
        labels={"en": "Baking", "es": "Panadería", "fr": "Boulangerie", "pt": "Padaria"},
        synonyms={"en": ["bakery", "bread"], "fr": ["boulanger"]},
    )
    make_term("cooperative", labels={"en": "Cooperative"}, synonyms={"en": ["co-op"]})
    return make_organization("Proof and Crumb", types=("cooperative",), sectors=("food.baking",))


@pytest.mark.parametrize(
    "typed",
    ["coperative bakry", "bakeries", "panaderías", "boulangères", "padarias", "baekry", "Bäckery"],
)
def test_a_bakery_is_found_in_any_ending_and_with_errors(names, bakery, typed):
    make_organization("Baker Street Credit Union", types=("credit-union",))
    make_organization("Cooperative Taxis", types=("cooperative",))

    assert names(f"q={quote(typed)}")[0] == "Proof and Crumb"


@pytest.mark.parametrize(
    "typed",
    ["timebank", "time bank", "time banks", "bancodetiempo", "bancos del tiempo"],
)
def test_a_label_is_known_with_and_without_its_blanks(names, typed):
    make_term("timebank", labels={"en": "Time bank", "es": "Banco de tiempo"})
    make_organization("Hours for Hours", types=("timebank",))
    make_organization("Clock Repair", types=("worker-cooperative",))

    assert names(f"q={quote(typed)}") == ["Hours for Hours"]


def test_two_words_are_found_as_one_also_where_each_is_known(names):
    for name in ("Akwaaba Bike Workshop", "Print Workshop", "Harbour Workshop", "Shop that Works"):
        make_organization(name)

    assert len(names("q=work shop")) == 4


def test_what_a_word_is_the_initials_of_comes_first(names):
    union = {"labels": {"en": "Credit union"}, "synonyms": {"en": ["FCU", "federal credit union"]}}
    make_term("credit-union", **union)
    make_organization("Hill Credit Union", types=("credit-union",))
    make_organization("Navy Yard Federal Credit Union", types=("credit-union",))

    found = names("q=fcu")

    assert found == ["Navy Yard Federal Credit Union", "Hill Credit Union"]


def test_a_synonym_that_means_something_else_in_most_names_is_no_friend(names):
    make_term("labor-union", labels={"en": "Labour union", "fr": "Syndicat"},
              synonyms={"en": ["union"]})  # fmt: skip
    make_organization("Workers of the Docks", types=("labor-union",))
    for name in ("Hill Credit Union", "Dale Credit Union", "Ford Credit Union"):
        make_organization(name, types=("credit-union",))

    assert names("q=syndicat") == ["Workers of the Docks"]


def test_a_minus_leaves_something_where_all_that_is_sought_is_called_so(names):
    make_term("finance.banking", scheme="sector", labels={"en": "Saving"},
              synonyms={"en": ["bank"]})  # fmt: skip
    make_term("credit-union", labels={"en": "Credit union"})
    for name in ("Hill Credit Union", "Dale Bank Credit Union"):
        make_organization(name, types=("credit-union",), sectors=("finance.banking",))

    assert names("q=credit union -bank") == ["Hill Credit Union"]


def test_a_type_named_in_the_query_goes_before_a_sector_of_the_name(names):
    make_term("community-garden", labels={"en": "Community garden"})
    make_term("farming.growing", scheme="sector", labels={"en": "Growing"},
              synonyms={"en": ["community garden"]})  # fmt: skip
    make_organization("Nursery of Trees", sectors=("farming.growing",))
    make_organization("Green Corner", types=("community-garden",))

    assert names("q=community gardens") == ["Green Corner", "Nursery of Trees"]


def test_words_of_none_of_the_hits_are_told_as_left_out(found):
    make_organization("Harbour Choir", summary="We sing.")
    make_organization("Diving Bell Press", summary="We print.")

    result = found("q=harbour choir submarining")

    assert len(result.hits) == 1
    assert result.advice.dropped == ("submarining",)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Ο Συνεταιρισμός Οίνος", "ΟΙΝΟΣ"),
        ("صنـــدوق التضامن", "صندوق"),
        ("مكتبة الأدوات", "مكتبه الادوات"),
        ("שָׁלוֹם קואופרטיב", "שלום"),
        ("קואופרטיב האופים", "קואפרטיב"),
        ("Пекарня «Тёплый хлеб»", "теплый хлеп"),
        ("例示ベーカリー", "ﾍﾞｰｶﾘｰ"),
        ("예시 주민 협동조합", "협동"),
        ("ตัวอย่างสหกรณ์ออมทรัพย์", "สหกรณ์"),
        ("उदाहरण सहकारी समिति", "सहकारी"),
    ],
)
def test_other_scripts_are_forgiven_as_well(names, name, typed):
    make_organization(name)
    make_organization("Plain Name")

    assert names(f"q={quote(typed)}") == [name]


def test_the_name_of_a_term_that_was_meant_is_the_reason(found, bakery):
    hit = found(f"q={quote('boulangères')}").hits[0]

    reason = hit.why[0]
    assert (reason.kind, reason.code, reason.label) == ("term", "food.baking", "Baking")
    assert reason.words[0].lower().startswith("boulanger")


def test_no_hit_is_without_a_reason(found, bakery):
    for name in ("Food Hub", "Bread Street", "Crumb Loans"):
        make_organization(name, summary="Bread and more.")

    for typed in ("foodhub", "bread crumb", "prof crumb", "baking -loans", '"bread street"'):
        hits = found(f"q={quote(typed)}").hits
        assert hits, typed
        assert all(hit.why for hit in hits), typed


def test_what_nobody_typed_is_not_bent_by_rules_of_other_languages(names, bakery):
    """Catalan rules make `fournit` (supplies) of French `fournil` (bakehouse), a synonym."""
    term = bakery.claims.get(term__code="food.baking").term
    term.synonyms["fr"].append("fournil")
    term.save()
    make_organization("Exemple Électrique", description="Fournit du courant à ses membres.")

    assert names("q=bakery") == ["Proof and Crumb"]


def test_half_a_word_in_common_makes_no_relatives(names):
    """Spanish rules cut `repair` and French `repas` (meal) alike."""
    make_term("food", scheme="sector", synonyms={"fr": ["repas"]})
    make_organization("Example Table", sectors=("food",))
    repairers = ["Bike Repair", "Clock Repair", "Shoe Repair"]
    for name in repairers:
        make_organization(name)

    assert sorted(names("q=repair")) == repairers


def test_a_word_that_is_found_is_not_taken_for_another(names):
    for name in ("Kooperativa Zebra", "Zibra House", "Weavers of Zerra", "Aebura Bread"):
        make_organization(name)

    assert names("q=zebra") == ["Kooperativa Zebra"]


def test_a_further_name_of_a_place_is_found_but_not_guessed_at(names):
    make_place("gb/england/london", names=("Ranana",))
    make_organization("Coin Street", place="gb/england/london")

    assert names("q=Ranana") == ["Coin Street"]
    assert names("q=banana") == []
    assert names("q=londn") == ["Coin Street"]


@pytest.mark.parametrize("number", ["20001", "2001", "1999a", "99"])
def test_a_number_is_not_taken_for_another(found, number):
    for year in ("2000", "2010", "2011", "199", "1999"):
        make_organization(f"Since {year}")

    result = found(f"q={number}")

    assert (result.total, result.advice.spellings) == (0, ())


def test_nails_are_not_the_spanish_article(names):
    make_term("care.hair", scheme="sector", labels={"en": "Hair"},
              synonyms={"es": ["uñas", "peluquería"]})  # fmt: skip
    for number in range(3):
        make_organization(f"Savings {number}", summary="Vea unas fotos.")

    assert names(f"q={quote('peluquería')}") == []
    assert names(f"q={quote('uñas')}") == []
    make_organization("Salon", sectors=("care.hair",))
    assert names(f"q={quote('peluquería')}") == names(f"q={quote('uñas')}") == ["Salon"]


def test_a_common_word_of_another_meaning_is_no_synonym_in_texts(names):
    make_term("making", scheme="sector", labels={"en": "Making", "fr": "Production"})
    for number in range(3):
        make_organization(f"Dairy {number}", summary="Milk production.")
    make_organization("Carpenters", sectors=("making",))

    assert names("q=making") == ["Carpenters"]


def test_the_beginning_of_a_town_is_no_trade(names):
    make_place("us/virginia/mechanicsville")
    make_organization("Hill Credit Union", place="us/virginia/mechanicsville")
    make_organization("Mechanical Arts")

    assert names("q=mechanic") == ["Mechanical Arts"]


@pytest.mark.parametrize("typed", ["16411", "NCUA 16411", "charter number 16411"])
def test_a_number_is_found_with_the_name_of_its_register(names, typed):
    identifiers = [{"scheme": "X-NCUA-CHARTER", "value": "16411"}]
    make_organization("DC Credit Union", identifiers=identifiers)
    make_organization("NCUA Watchers")

    assert names(f"q={typed}") == ["DC Credit Union"]
