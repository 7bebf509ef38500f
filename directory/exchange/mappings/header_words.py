"""What columns are called in files in English, Spanish, Portuguese, French and German."""

from collections.abc import Iterable
from functools import lru_cache

from directory.exchange.mappings.targets import TARGETS
from directory.search.words import fold_name

# Target to names, one column name between commas; targets' own codes are known besides.
HEADERS = {
    "external_id": "id, no, number, identifier, code, ref, reference, record id, source id, key, uid, "
    "identificador, codigo, identifiant, kennung, nr, numero, charter number, fid, objectid",
    "source_url": "source url, record url, permalink, ficha, fiche, quelle",
    "fetched_on": "retrieved, fetched, as of, fecha de consulta, date de consultation, stand",
    "name": "name, organisation, organization, company, title, initiative, group, group name, "
    "enterprise, nombre, organizacion, entidad, denominacion, empresa, nome, organizacao, entidade, "
    "nom, structure, denomination, intitule, cooperative, titel, bezeichnung, firma, betrieb, "
    "initiativenname, cooperativa",
    "legal_name": "legal name, registered name, official name, razon social, razao social, "
    "raison sociale, rechtlicher name, firmenname",
    "other_names": "other names, alternative names, aka, also known as, trading name, acronym, "
    "otros nombres, sigla, siglas, outros nomes, nome fantasia, autres noms, sigle, andere namen, "
    "nombre comercial, kurzname",
    "language": "lang, idioma, lengua, lingua, langue, sprache",
    "summary": "short description, tagline, what it does, what they do, what we do, "
    "what the group does, in one sentence, resumen, que hace, que hacen, que hacemos, resumo, "
    "o que faz, o que fazem, resume, ce qu elle fait, ce qu il fait, que fait elle, "
    "kurzbeschreibung, slogan, was sie tut, was sie macht",
    "description": "about, details, mission, activities description, notes, descripcion, "
    "descricao, objeto social, beschreibung, presentation, objet",
    "lifecycle": "status, state of life, estado actual, situacao, situation, statut",
    "website": "url, web, web site, homepage, home page, site, link, web address, sitio web, "
    "pagina web, sitio, site web, site internet, webseite, internetseite, internet, website url",
    "links": "facebook, twitter, instagram, linkedin, social media, redes sociales, redes sociais, "
    "reseaux sociaux, mastodon, youtube, facebook url",
    "email": "e mail, mail, email address, e mail address, contact email, correo, "
    "correo electronico, endereco de email, courriel, adresse e mail, mel, emailadresse, "
    "e mail adresse",
    "phone": "telephone, phone number, tel, telephone number, mobile, telefono, telefone, "
    "celular, telefonnummer, telefon, numero de telephone, contact number, movil",
    "founded": "year founded, founding year, founded year, date founded, established, since, "
    "incorporation date, registration date, registered, start date, year, fundacion, "
    "ano de fundacion, fecha de fundacion, ano de fundacao, data de fundacao, annee de creation, "
    "date de creation, creation, grundung, grundungsjahr, gegrundet, ano, opened",
    "closed": "closed date, end date, dissolved, fecha de cierre, data de encerramento, "
    "date de fermeture, geschlossen, aufgelost",
    "members_count": "members, number of members, member count, membership, socios, "
    "numero de socios, numero de miembros, miembros, cooperados, numero de cooperados, membros, "
    "membres, nombre de membres, adherents, mitglieder, mitgliederzahl, anzahl mitglieder",
    "workers_count": "workers, employees, staff, number of employees, number of workers, "
    "trabajadores, empleados, trabalhadores, funcionarios, salaries, nombre de salaries, effectif, "
    "mitarbeiter, beschaftigte, fte",
    "location_name": "venue, location name, lugar, local, lieu, ort der veranstaltung",
    "street": "street address, address, address 1, address line 1, address1, street name, "
    "direccion, calle, domicilio, endereco, rua, logradouro, adresse, rue, voie, strasse, "
    "anschrift, strasse und hausnummer, street mailing address, addr street",
    "postcode": "post code, postal code, zip, zip code, zipcode, codigo postal, cp, cep, "
    "code postal, plz, postleitzahl, zip code mailing address, addr postcode",
    "locality": "city, town, municipality, place, city town, village, ciudad, localidad, "
    "municipio, poblacion, cidade, localidade, ville, commune, localite, nom localite, stadt, ort, "
    "gemeinde, city mailing address, addr city, wohnort",
    "region": "state, province, county, state province, department, district, estado, provincia, "
    "departamento, comunidad autonoma, uf, departement, region nom, bundesland, land region, "
    "kanton, state mailing address, canton, regiao",
    "country": "country code, country id, nation, pais, pays, land, staat, iso country",
    "place": "gazetteer path",
    "address": "full address, location, ubicacion, localizacao, localisation, standort, "
    "whole address, adresse complete, endereco completo, direccion completa",
    "latitude": "lat, y, geo lat, latitud, breitengrad, breite, latitude wgs84, "
    "geo container latitude, lat y",
    "longitude": "lon, lng, long, x, geo lon, geo lng, longitud, langengrad, lange, "
    "longitude wgs84, geo container longitude",
    "point": "coordinates, coords, geo, geometry, geom, wkt, the geom, lat lon, lat lng, latlng, "
    "geolocation, gps, coordenadas, coordonnees, koordinaten, geopoint, geo point 2d",
    "opening_hours": "hours, opening times, business hours, horario, horarios, "
    "horario de funcionamento, horaires, horaires d ouverture, offnungszeiten",
    "wheelchair": "wheelchair accessible, accesible, barrierefrei, accessible",
    "serves": "area served, service area, serves, zona, zone, einzugsgebiet",
    "type": "types, type of organisation, type of organization, organisation type, "
    "organization type, coop type, cooperative type, kind, category, categories, type hint, "
    "organisational structure, tipo, tipos, tipo de organizacion, tipo de organizacao, "
    "categoria, typ, art, kategorie, forme, typ der organisation",
    "value": "values, practices, principles, valores, valeurs, werte",
    "sector": "sectors, industry, activity, activities, primary activity, sic, field, sector hint, "
    "actividad, rubro, giro, atividade, setor, ramo, secteur, activite, secteur d activite, "
    "branche, tatigkeit, sektor, cooperative statut",
}
# How columns say that the name is that of the enterprise: phrases, and what each is said with.
NAMES_OF_ENTERPRISES = {
    "{} name, name of {}, name of the {}": "organisation, organization, company, business, "
    "enterprise, cooperative, co op, coop, society, credit union",
    "nombre de la {}, nombre {}": "organizacion, entidad, empresa, cooperativa, asociacion, "
    "sociedad, iniciativa",
    "nombre del {}": "emprendimiento, colectivo",
    "nome da {}, nome {}": "organizacao, entidade, empresa, cooperativa, associacao, iniciativa",
    "nome do {}": "empreendimento, coletivo",
    "nom de la {}, nom {}, {} nom": "structure, cooperative, societe",
    "nom de l {}, nom {}": "entreprise, organisation, association, initiative, entite",
    "name der {}": "organisation, firma, genossenschaft, initiative",
    "name des {}": "unternehmens, betriebs, vereins",
    "{}name": "organisations, firmen, unternehmens, betriebs, vereins",
}
# Words of columns that name a person; such a name is that of no enterprise.
PEOPLE = frozenset(
    "person boss contact director president manager owner chair chairperson chairman chairwoman "
    "secretary treasurer founder ceo leader coordinator officer agent representative first last "
    "given middle family user employee "
    "persona contacto directora presidente presidenta gerente responsable encargado encargada "
    "dueno duena propietario propietaria representante coordinador coordinadora administrador "
    "administradora titular apellido apellidos fundador fundadora "
    "pessoa contato diretor diretora responsavel dono dona proprietario proprietaria coordenador "
    "coordenadora sobrenome "
    "personne gerant gerante directeur directrice presidente dirigeant dirigeante proprietaire "
    "representant representante patron patronne prenom fondateur fondatrice "
    "ansprechpartner ansprechpartnerin ansprechperson kontakt kontaktperson geschaftsfuhrer "
    "geschaftsfuhrerin geschaftsfuhrung vorstand leiter leiterin leitung inhaber inhaberin "
    "vorsitzende vorsitzender vorname nachname chef chefin".split()
)
REGISTERS = {
    "GB-COH": "companies house number, company number, companies house, crn",
    "GB-MPR": "mutuals register number, society number",
    "US-EIN": "ein, employer identification number, tax id",
    "XI-LEI": "lei, legal entity identifier",
    "XI-WIKIDATA": "wikidata, wikidata id, qid",
    "X-NCUA-CHARTER": "ncua charter, charter",
    "X-OSM": "osm id, osm",
    "X-ISNI": "isni",
}

# Words by which the names of columns tell the language they are in.
TELLING_WORDS = {
    "en": "the of and city town street state country address organisation organization company "
    "county zip website email phone founded members summary description kind category year "
    "number longitude latitude",
    "es": "nombre ciudad calle direccion provincia correo telefono localidad fundacion "
    "socios resumen descripcion actividad empresa entidad del fecha tipo numero",
    "pt": "nome cidade rua endereco estado municipio telefone fundacao cooperados resumo descricao "
    "atividade entidade organizacao do da ano setor",
    "fr": "nom ville rue commune adresse courriel secteur activite structure denomination du "
    "resume creation annee la departement pays",
    "de": "der des ort stadt strasse plz land bundesland breite lange rechtsform branche "
    "webseite telefon gegrundet beschreibung mitglieder anschrift bezeichnung nr",
}

# A name alone does not tell which register or question a column is about.
NEED_A_SCHEME = ("identifier", "governance", "ignore")
SHORTEST_PART = 4  # Letters of a name that is looked for inside a longer one.


@lru_cache(maxsize=1)
def targets_by_name() -> dict[str, str]:
    """Folded column names to targets."""
    names = {fold_name(code): code for code in TARGETS if code not in NEED_A_SCHEME}
    for target, written in HEADERS.items():
        names |= {fold_name(name): target for name in written.split(",")}
    return dict.fromkeys(enterprise_names(), "name") | names


@lru_cache(maxsize=1)
def enterprise_names() -> frozenset[str]:
    """Folded column names that say both that it is a name and that it is the enterprise's."""
    return frozenset(
        phrase.strip().format(word.strip())
        for phrases, words in NAMES_OF_ENTERPRISES.items()
        for phrase in phrases.split(",")
        for word in words.split(",")
    )


def names_a_person(name: str) -> bool:
    """Whether a folded column name speaks of a person: a contact, a boss's name."""
    words = {*name.split()}
    return not PEOPLE.isdisjoint(words | {word.removesuffix("s") for word in words})


@lru_cache(maxsize=1)
def registers_by_name() -> dict[str, str]:
    """Folded column names to the registers whose numbers they hold."""
    return {
        fold_name(name): scheme for scheme, names in REGISTERS.items() for name in names.split(",")
    }


def language_of(columns: Iterable[str]) -> str:
    """The language that the names of columns are in; "" where they tell none, or several."""
    words = {word for column in columns for word in fold_name(column).split()}
    counts = {code: len(words & {*known.split()}) for code, known in TELLING_WORDS.items()}
    most = max(counts.values())
    found = [code for code, count in counts.items() if count == most > 0]
    return found[0] if len(found) == 1 else ""


def target_within(name: str) -> str:
    """The target of the longest known name at the start or end of a folded one; "" if none."""
    words = name.split()
    parts = {" ".join(words[:end]) for end in range(1, len(words))}
    parts |= {" ".join(words[start:]) for start in range(1, len(words))}
    known = [p for p in parts if len(p) >= SHORTEST_PART and p in targets_by_name()]
    return targets_by_name()[max(sorted(known), key=len)] if known else ""
