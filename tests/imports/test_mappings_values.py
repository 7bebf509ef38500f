"""Values as people write them: what each is understood to say."""

import pytest

from directory.exchange.mappings.contacts import read_email, read_phone, read_websites
from directory.exchange.mappings.countries import country_code
from directory.exchange.mappings.dates import read_date
from directory.exchange.mappings.languages import read_language
from directory.exchange.mappings.numbers import read_count, read_yes_no
from directory.exchange.mappings.points import read_point
from directory.exchange.mappings.title_case import in_title_case
from directory.exchange.mappings.understood import NotUnderstood


@pytest.mark.parametrize(
    ("text", "order", "day"),
    [
        ("1998", "dmy", "1998"),
        ("1998.0", "dmy", "1998"),
        ("c. 1998", "dmy", "1998"),
        ("2023-05", "dmy", "2023-05"),
        ("2023-05-01", "mdy", "2023-05-01"),
        ("2023-05-01T00:00:00Z", "dmy", "2023-05-01"),
        ("2023/5/1", "dmy", "2023-05-01"),
        ("01.05.2023", "dmy", "2023-05-01"),
        ("5/1/2023", "mdy", "2023-05-01"),
        ("5/1/2023", "dmy", "2023-01-05"),
        ("13/1/23", "mdy", "2023-01-13"),
        ("05/2023", "dmy", "2023-05"),
        ("May 2023", "dmy", "2023-05"),
        ("17 de mayo de 1998", "dmy", "1998-05-17"),
        ("17 mai 1998", "dmy", "1998-05-17"),
        ("17. März 1998", "dmy", "1998-03-17"),
        ("May 17th, 1998", "mdy", "1998-05-17"),
        ("35932", "dmy", "1998-05-17"),
    ],
)
def test_dates(text, order, day):
    assert read_date(text, order).value == day


@pytest.mark.parametrize(
    "text", ["0000-00-00", "31/02/2020", "soon", "12", "99999", "May June 2020"]
)
def test_what_is_no_date_is_not_guessed_at(text):
    with pytest.raises(NotUnderstood):
        read_date(text, "dmy")


def test_a_day_and_month_that_only_fit_the_other_way_are_told():
    assert "other way round" in read_date("5/13/2023", "dmy").note


@pytest.mark.parametrize(
    "value",
    [
        "52.52, 13.405",
        "52.52,13.405",
        "52.52 13.405",
        "(52.52; 13.405)",
        "52,52 13,405",
        "52,52; 13,405",
        "52,52, 13,405",
        "N 52.52 E 13.405",
        "13.405E, 52.52N",
        "52°31'12\"N 13°24'18\"E",
        "52° 31' 12\" N, 13° 24' 18\" E",
        "52° 31.2' N 13° 24.3' E",
        "POINT (13.405 52.52)",
        "SRID=4326;POINT(13.405 52.52)",
        "POINT Z (13.405 52.52 34)",
        "geo:52.52,13.405",
        "https://maps.example.org/@52.52,13.405,17z",
        {"type": "Point", "coordinates": [13.405, 52.52]},
    ],
    ids=str,
)
def test_points(value):
    assert read_point(value) == pytest.approx((52.52, 13.405))


def test_letters_of_the_winds_give_the_sign():
    assert read_point("33.45 S, 70.66 O") == pytest.approx((-33.45, -70.66))


@pytest.mark.parametrize(
    "value",
    ["Berlin", "52.52", "4581000, 5820000", "52°75' N, 13° E", "", {"type": "Polygon"}, "nan, inf"],
    ids=str,
)
def test_what_is_no_point_is_not_guessed_at(value):
    with pytest.raises(NotUnderstood):
        read_point(value)


COUNTRIES = {
    "GB": "GB, gb, GBR, 826, UK, U.K., England, Scotland, Great Britain, Vereinigtes Königreich, "
    "Reino Unido, Royaume-Uni, United Kingdom",
    "US": "US, USA, U.S.A., 840, United States, United States of America, the United States, "
    "Estados Unidos, EE. UU., États-Unis, Vereinigte Staaten",
    "DE": "DE, DEU, 276, Germany, Deutschland, Alemania, Alemanha, Allemagne",
    "CI": "Côte d’Ivoire, Côte d'Ivoire, Ivory Coast, CIV",
    "CZ": "Czechia, Czech Republic, Tschechien",
    "NL": "Netherlands, The Netherlands, Holland, Niederlande, Pays-Bas",
    "KR": "South Korea, Republic of Korea, Südkorea",
    "AF": "4, 004, AFG, Afganistán",
    "BR": "Brazil, Brasil, Brésil, Brasilien",
    "TG": "Togo, TGO, 768",
}


@pytest.mark.parametrize(("code", "names"), COUNTRIES.items(), ids=list(COUNTRIES))
def test_countries(code, names):
    assert {name: country_code(name) for name in names.split(", ")} == dict.fromkeys(
        names.split(", "), code
    )


def test_what_is_no_country_is_not_guessed_at():
    assert [country_code(text) for text in ("", "Europe", "XX", "Bavaria", "EU", "999")] == [""] * 6


@pytest.mark.parametrize(
    ("text", "country", "number"),
    [
        ("020 7946 0018", "GB", "+442079460018"),
        ("+44 (0)20 7946 0018", "", "+442079460018"),
        ("(202) 555-0142 ext. 17", "US", "+12025550142;ext=17"),
        ("tel:+1-202-555-0142", "DE", "+12025550142"),
        ("030 901820 / 030 901821", "DE", "+4930901820"),
    ],
)
def test_telephone_numbers(text, country, number):
    assert read_phone(text, country).value == number


def test_a_telephone_number_without_any_country_is_not_understood():
    with pytest.raises(NotUnderstood, match="country code"):
        read_phone("020 7946 0018", "")


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("example.org", ["https://example.org"]),
        ("WWW.EXAMPLE.ORG/About", ["https://www.example.org/About"]),
        ("http:/example.org", ["http://example.org"]),
        ("http://a.example; https://b.example", ["http://a.example", "https://b.example"]),
        ("https://a.example @example", ["https://a.example"]),
        ("https://a.example/?a=1&amp;b=2", ["https://a.example/?a=1&b=2"]),
        ("http://", []),
    ],
)
def test_websites(text, addresses):
    assert read_websites(text).value == addresses


@pytest.mark.parametrize("text", ["javascript:alert(1)", "ftp://example.org", "none yet", "//x"])
def test_what_is_no_website_is_not_guessed_at(text):
    with pytest.raises(NotUnderstood):
        read_websites(text)


def test_the_first_of_several_e_mail_addresses_is_taken_and_told():
    found = read_email("mailto:one@example.org; two@example.org")

    assert (found.value, found.note) == ("one@example.org", "Only the first address was taken.")


@pytest.mark.parametrize("text", ["1258", "1,258", "1.258", "1 258", "1'258", "1258.0"])
def test_counts(text):
    assert read_count(text).value == 1258


@pytest.mark.parametrize("text", ["-3", "1.5", "12,5", "many", "1e9", "9" * 20])
def test_what_is_no_count_is_not_guessed_at(text):
    with pytest.raises(NotUnderstood):
        read_count(text)


@pytest.mark.parametrize(
    ("code", "names"),
    {
        "es": "es, ES, spa, Spanish, español, Espagnol, Spanisch",
        "pt-BR": "pt-BR, pt_BR, pt-br",
        "de": "de, German, Deutsch, alemán",
        "eu": "eu, Basque, euskera",
    }.items(),
)
def test_languages(code, names):
    assert {read_language(name).value for name in names.split(", ")} == {code}


def test_yes_and_no_in_five_languages():
    assert [read_yes_no(word).value for word in ("Yes", "sí", "SIM", "oui", "Ja", "x")] == [
        True
    ] * 6
    assert [read_yes_no(word).value for word in ("No", "não", "non", "Nein", "0")] == [False] * 5


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("THE NEW ORLEANS FIREMEN'S", "The New Orleans Firemen's"),
        ("BANK OF THE O'HARE FCU", "Bank of the O'Hare FCU"),
        ("Mixed CASE stays", "Mixed CASE stays"),
        ("ÉCOLE DE LYON", "École de Lyon"),
        ("PORT ST. JOE", "Port St. Joe"),
    ],
)
def test_names_in_capitals_are_set_in_ordinary_case(text, name):
    assert in_title_case(text) == name
