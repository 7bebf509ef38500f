from urllib.parse import quote

import pytest

from directory.actions import organizations
from directory.models import Door
from tests.factories import make_organization, make_place, make_term

LOCATED = {"locality": "Leeds", "country": "GB"}


def make_bakery(**fields):
    term = {
        "labels": {"en": "Baking", "es": "Panadería", "fr": "Boulangerie", "pt": "Padaria"},
        "synonyms": {"en": ["bakery", "bread maker"], "fr": ["fournil"]},
    }
    make_term("food.baking", scheme="sector", **term)
    return make_organization("Proof and Crumb", sectors=("food.baking",), place=None,
                             locations=[LOCATED], **fields)  # fmt: skip


@pytest.mark.parametrize(
    "typed", ["agricola", "AGRÍCOLA", "Agri\u0301cola", "agricolas", '"union agricola"']
)
def test_accents_case_and_plurals_do_not_matter(names, typed):
    make_organization("Unión Agrícola de Rocha")

    assert names(f"q={quote(typed)}") == ["Unión Agrícola de Rocha"]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Corner Bakeries", "bakery"),
        ("Ahorros Comunitarios", "ahorro comunitario"),
        ("Agricultores Livres", "agricultor livre"),
        ("Les Fermières Réunies", "fermière réunie"),
    ],
)
def test_words_are_found_by_their_stem_in_four_languages(names, name, typed):
    make_organization(name)

    assert names(f"q={quote(typed)}") == [name]


@pytest.mark.parametrize("typed", ["boulangerie", "panaderia", "padaria", "bread maker", "bakery"])
def test_a_listing_is_found_by_the_names_of_its_sector_in_any_language(found, typed):
    bakery = make_bakery()

    hit = found(f"q={typed}").hits[0]

    assert hit.organization_id == bakery.pk
    assert {(reason.kind, reason.code, reason.label) for reason in hit.why} == {
        ("term", "food.baking", "Baking")
    }


def test_a_broader_term_is_found_in_the_narrower_ones(names):
    food = make_term("food", scheme="sector", labels={"en": "Groceries", "es": "Alimentos"})
    make_term("food.baking", scheme="sector", parent=food, labels={"en": "Baking"})
    make_organization("Proof and Crumb", sectors=("food.baking",))
    make_organization("Second Wind Repair")

    assert names("q=alimentos") == ["Proof and Crumb"]
    assert names("sector=food") == ["Proof and Crumb"]


@pytest.mark.parametrize("typed", ["greenbelt housng", "greenblet housing", "grenbelt hosuing"])
def test_typing_errors_are_forgiven_and_told(found, typed):
    organization = make_organization("Greenbelt Housing Mutual")

    result = found(f"q={typed}")

    assert [hit.organization_id for hit in result.hits] == [organization.pk]
    wrong = {word for word in typed.split() if word not in {"greenbelt", "housing"}}
    assert {typed_as for typed_as, _taken in result.advice.corrected} == wrong
    assert any(reason.kind == "spelling" for reason in result.hits[0].why)


@pytest.mark.parametrize("typed", ["foodhub river", "river foodhub", "fo od hub"])
def test_words_written_together_or_apart_are_found(names, typed):
    make_organization("River Food Hub")

    assert names(f"q={typed}") == ["River Food Hub"]


def test_the_beginning_of_the_last_word_is_enough(names):
    make_organization("Sunflower Timebank")

    assert names("q=sunflower timeb") == ["Sunflower Timebank"]


def test_a_word_that_nobody_has_is_named_and_left_out(found):
    organization = make_organization("Sunflower Timebank")

    result = found("q=sunflower xyzzyqwert")

    assert [hit.organization_id for hit in result.hits] == [organization.pk]
    assert result.advice.dropped == ("xyzzyqwert",)


def test_stop_words_need_not_stand_in_the_listing(names):
    make_organization("Banco Comunitário Palmas")

    assert names(f"q={quote('o banco do comunitário das palmas')}") == ["Banco Comunitário Palmas"]


def test_every_word_must_be_met_before_some_are_enough(names):
    for name in ("Harbour Repair Café", "Harbour Repair Shed", "Harbour Repair Club"):
        make_organization(name)
    make_organization("Harbour Choir")

    assert len(names("q=harbour repair")) == 3


def test_a_minus_leaves_out_what_has_the_word_or_is_called_so(names):
    make_bakery()
    make_organization("Bread Street Bakery")
    make_organization("Bread for All")

    assert names("q=bread -bakery") == ["Bread for All"]
    assert "Bread Street Bakery" not in names('q=bread -"street bakery"')


def test_a_minus_does_not_leave_out_a_type_of_which_one_name_holds_the_word(names):
    make_term(
        "credit-union", labels={"en": "Credit union"}, synonyms={"en": ["federal credit union"]}
    )
    make_organization("Riverside Savers", types=("credit-union",))

    assert names("q=riverside -federal") == ["Riverside Savers"]


def test_a_minus_holds_though_nothing_is_left(names):
    make_term("credit-union", labels={"en": "Credit union"}, synonyms={"en": ["bank"]})
    for name in ("Riverside Savers", "Riverside Lenders", "Riverside Trust"):
        make_organization(name, types=("credit-union",))

    assert names("q=riverside -bank") == []


@pytest.mark.parametrize("typed", ['"takoma park"', '"azalea city"', 'press "takoma park"'])
def test_a_quoted_place_finds_what_lies_there_though_no_text_says_so(names, typed):
    make_place("us/maryland/takoma-park", names=["Azalea City"])
    make_organization("Corner Press", place="us/maryland/takoma-park")
    make_organization("Park Press of Takoma", place="us/maryland/laurel")

    assert names(f"q={quote(typed)}") == ["Corner Press"]


def test_quoted_words_must_stand_together(names):
    make_organization("Open Space Repair")
    make_organization("Space for Open Minds")
    make_organization("Third Room", summary="An open space for everyone.")

    assert sorted(names('q="open space"')) == ["Open Space Repair", "Third Room"]


@pytest.mark.parametrize(
    "typed",
    [
        "example.coop",
        "https://www.example.coop/about",
        "IP033100",
        "GB-COH-IP033100",
        "gb-coh ip033100",
    ],
)
def test_numbers_and_addresses_are_found_exactly(found, typed):
    organization = make_organization(
        "Plain Name",
        website="https://www.example.coop",
        identifiers=[{"scheme": "GB-COH", "value": "IP033100"}],
    )
    make_organization("Example Coop Ipswich")

    hit = found(f"q={quote(typed)}").hits[0]

    assert hit.organization_id == organization.pk
    assert hit.why[0].kind == "identifier"


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Συνεταιρισμός Αθηνών", "συνεταιρισμος"),
        ("Συνεταιρισμός Αθηνών", "synetairismos"),
        ("Кооператив Ёлочка", "елочка"),
        ("Кооператив Ёлочка", "kooperativ"),
        ("東京生活協同組合", "生活"),
        ("الجمعية التعاونية", "الجمعيه"),
        ("Κοι.Σ.Π.Ε. Διάπλους", "κοισπε"),
    ],
)
def test_names_in_other_scripts_are_found(names, name, typed):
    make_organization(name)

    assert names(f"q={quote(typed)}") == [name]


def test_a_listing_is_found_by_its_country_in_four_languages(names):
    make_organization("Imprenta Libre", place="es/andalusia/cordoba")
    make_organization("Elsewhere Press", place="us/maryland/takoma-park")

    for typed in ("spain", "españa", "espanha", "espagne"):
        assert names(f"q={quote(typed)}") == ["Imprenta Libre"]


def test_only_what_is_published_is_found(found, names):
    listed = make_organization("Harbour Repair Café")
    make_organization("Harbour Repair Shed", published=False)

    assert names("q=harbour") == ["Harbour Repair Café"]
    assert found("").total == 1
    organizations.withdraw(listed, by=None, door=Door.COMMAND)
    assert names("q=harbour") == []
    assert all(count.count == 0 for values in found("").facets.values() for count in values)


def test_the_name_asked_for_comes_first(names):
    make_organization("Open Food Hub Leeds and District", summary="Food hub.")
    make_organization("Food Hub")
    make_organization("The Pantry", summary="A food hub for everyone.")

    assert names("q=food hub")[0] == "Food Hub"
    assert names("q=food hub")[-1] == "The Pantry"


def test_words_taken_otherwise_are_told_as_they_were_typed(found):
    make_organization("Greenbelt Housing Mutual")

    advice = found("q=Greenbelt Housng Qwertyzzz").advice

    assert advice.corrected == (("Housng", "housing"),)
    assert advice.dropped == ("Qwertyzzz",)


def test_a_place_of_several_words_is_found_as_a_whole_only(names):
    make_place("us/new-york/new-york", names=("Nueva York", "Federal City"))
    make_organization("Corner Press", place="us/new-york/new-york")

    assert names("q=nueva york") == ["Corner Press"]
    assert names("q=federal press of qwertyzzz") == ["Corner Press"]
    assert names("q=press -federal") == ["Corner Press"]
    assert names("q=federal") == []


@pytest.mark.parametrize("written", [str.upper, str.lower, "  {}  ".format])
def test_a_listing_is_found_by_its_permanent_id(found, written):
    organization = make_organization()
    make_organization()

    hits = found(f"q={quote(written(organization.uid))}").hits

    assert [hit.organization_id for hit in hits] == [organization.pk]
    assert (hits[0].why[0].kind, hits[0].why[0].field) == ("identifier", "uid")


@pytest.mark.parametrize(
    ("name", "typed"),
    [("빵집 마을", "빵"), ("有机米合作社", "米"), ("例示お茶協同組合", "茶"), ("米", "米")],
)
def test_a_word_of_one_letter_is_found_within_longer_ones(names, name, typed):
    make_organization(name)
    make_organization("東京生活図書館")

    assert names(f"q={quote(typed)}") == [name]


def test_what_nothing_was_found_for_is_told_as_the_run_that_was_typed(found):
    make_organization("生活協同組合")

    assert found(f"q={quote('生活図書館 協同')}").advice.dropped == ("生活図書館",)
