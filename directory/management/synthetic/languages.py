"""Words of the languages that invented listings are written in, and where each is spoken."""

from dataclasses import dataclass


@dataclass(frozen=True, eq=False)  # Each is one and itself: told apart without reading its words.
class Language:
    """What a language needs for names and texts; the most frequent words stand first."""

    code: str
    example: str  # "example", as it marks every name
    forms: tuple[str, ...]  # kinds of enterprise, as the end or the beginning of a name
    trades: tuple[str, ...]
    words: tuple[str, ...]  # of running text
    syllables: tuple[str, ...]  # that invented words are made of
    joiner: str = " "  # between words
    form_comes_first: bool = False


def _syllables(consonants: str, vowels: str) -> tuple[str, ...]:
    return tuple(c + v for c in consonants.split() for v in vowels.split())


LATIN = _syllables("l r t n m s v k d p b g f z tr br sh", "a e i o u an el or")
HAN = tuple("丰安华明和平春光新东南海山江河林田园金玉康乐福祥瑞兴盛达通顺")

LANGUAGES = (
    Language(
        "en",
        "example",
        tuple(
            "Cooperative|Co-op|Collective|Credit Union|Association|Trust|Network|Mutual".split("|")
        ),
        tuple(
            "Food|Housing|Bakery|Farm|Energy|Care|Bicycle|Book|Market|Garden|Solar|Childcare|Repair|"
            "Brewery|Dairy|Print|Theatre|Cleaning|Coffee|Transport|Radio|Design|Timber|Fishing".split(
                "|"
            )
        ),
        tuple(
            "the and of a in for we community members local who to our own together is with people "
            "work cooperative food all share workers by land homes owned from fair good every town "
            "neighbours affordable organic healthy learning democratic savings vegetables bread "
            "tools repair energy music women young families open week market services support "
            "training elders orchard meals workshop kitchen recycling".split()
        ),
        LATIN,
    ),
    Language(
        "es",
        "ejemplo",
        tuple(
            "Cooperativa|Asociación|Colectivo|Mutual|Caja|Red|Fundación|Banco de Tiempo".split("|")
        ),
        tuple(
            "de Vivienda|Agrícola|de Trabajo|de Consumo|Panadera|de Ahorro|Textil|Pesquera|Cafetalera|"
            "Artesanal|de Energía|de Transporte|Educativa|de Cuidados|Cultural|Lechera|Campesina|"
            "de Reciclaje|de Mujeres|Solidaria|Ecológica|Forestal".split("|")
        ),
        tuple(
            "de la y el en que los para las con una somos comunidad personas trabajo por vecinos "
            "juntas del barrio alimentos socias vivienda tierra local salud nuestra producción "
            "campo ahorro justo escuela mujeres agua semillas pan verduras cuidado jóvenes taller "
            "familias mercado energía cultura apoyo gestión huerta precio cosecha".split()
        ),
        LATIN,
        form_comes_first=True,
    ),
    Language(
        "pt",
        "exemplo",
        tuple(
            "Cooperativa|Associação|Coletivo|Rede|Banco Comunitário|Mutual|Grupo|União".split("|")
        ),
        tuple(
            "Agrícola|de Crédito|de Trabalho|de Catadores|de Habitação|de Consumo|Padaria|de Costura|"
            "de Leite|de Pesca|de Artesanato|de Energia|Cultural|de Saúde|Educacional|do Café|"
            "de Mulheres|Solidária|Agroecológica|de Transporte".split("|")
        ),
        tuple(
            "de e a o que do da em para os com uma somos comunidade pessoas trabalho por vizinhos "
            "juntos bairro alimentos moradia terra local saúde nossa produção campo poupança justo "
            "escola mulheres água sementes pão verduras cuidado jovens oficina famílias feira "
            "energia cultura apoio gestão horta preço colheita".split()
        ),
        LATIN,
        form_comes_first=True,
    ),
    Language(
        "fr",
        "exemple",
        tuple("Coopérative|Association|Collectif|Mutuelle|Réseau|Caisse|Atelier|Régie".split("|")),
        tuple(
            "Agricole|d'Habitants|Boulangère|de Crédit|Solidaire|Maraîchère|Textile|Énergie|Culturelle|"
            "de Quartier|Laitière|Viticole|de Réparation|du Vélo|Alimentaire|de Services|Forestière|"
            "d'Artisans|de Femmes|Éducative".split("|")
        ),
        tuple(
            "de la et le les des en pour une que nous avec qui sommes habitants travail par voisins "
            "ensemble du quartier local membres logement terre santé notre production épargne "
            "juste école femmes eau semences pain légumes soin jeunes atelier familles marché "
            "énergie culture soutien gestion jardin prix récolte".split()
        ),
        LATIN,
        form_comes_first=True,
    ),
    Language(
        "de",
        "Beispiel",
        tuple("Genossenschaft|Verein|Kollektiv|Bank|Netzwerk|Initiative".split("|")),
        tuple("Wohn|Energie|Molkerei|Bäckerei|Garten|Rad|Winzer|Bau|Pflege|Buch".split("|")),
        tuple(
            "und der die wir in für das mit von gemeinsam Menschen Mitglieder Arbeit Wohnen Brot "
            "Gemüse Strom Hof Laden offen jede Nachbarn fair lokal Werkstatt Kinder".split()
        ),
        LATIN,
    ),
    Language(
        "it",
        "esempio",
        tuple("Cooperativa|Consorzio|Associazione|Mutua|Rete|Banca".split("|")),
        tuple("Sociale|Agricola|di Lavoro|Edile|di Consumo|Vinicola|Teatrale|Casearia".split("|")),
        tuple(
            "di e la che il per in le con una siamo persone lavoro insieme comunità terra casa soci "
            "pane verdure locale giusto scuola cura giovani mercato energia".split()
        ),
        LATIN,
        form_comes_first=True,
    ),
    Language(
        "ru",
        "пример",
        tuple("Кооператив|Артель|Общество|Союз|Товарищество".split("|")),
        tuple("Жилищный|Молочный|Пекарня|Сельский|Книжный|Швейный|Рыбный|Строительный".split("|")),
        tuple(
            "и в мы для на с люди вместе работа дом хлеб овощи земля община соседи школа рынок "
            "помощь дети село труд справедливый".split()
        ),
        _syllables("л р т н м с в к д п б г", "а е и о у"),
    ),
    Language(
        "el",
        "παράδειγμα",
        tuple("Συνεταιρισμός|Σύλλογος|Ένωση|Δίκτυο".split("|")),
        tuple("Αγροτικός|Γυναικείος|Γαλακτοκομικός|Ενεργειακός|Οινοποιητικός".split("|")),
        tuple(
            "και το η για με στην μαζί άνθρωποι εργασία γη ψωμί λάδι κοινότητα μέλη αγορά".split()
        ),
        _syllables("λ ρ τ ν μ σ β κ δ π γ", "α ε ι ο υ"),
    ),
    Language(
        "ar",
        "مثال",
        tuple("تعاونية|جمعية|شبكة|اتحاد|صندوق".split("|")),
        tuple("الزراعة|السكن|النساء|الخبز|الحليب|النسيج|الصيد|الطاقة".split("|")),
        tuple(
            "في من و على نحن مع الناس العمل الأرض الخبز الماء المجتمع الأعضاء السوق الأسرة المدرسة".split()
        ),
        _syllables("ل ر ت ن م س ب ك د ف ج", "ا ي و"),
        form_comes_first=True,
    ),
    Language(
        "he",
        "דוגמה",
        tuple("קואופרטיב|אגודה|עמותה|רשת".split("|")),
        tuple("מזון|דיור|מאפייה|חקלאות|אנרגיה|ספרים".split("|")),
        tuple("של את אנחנו עם אנשים ביחד עבודה אדמה לחם קהילה חברים שוק שכונה".split()),
        _syllables("ל ר ת נ מ ס ב כ ד פ ג", "א י ו"),
        form_comes_first=True,
    ),
    Language(
        "hi",
        "उदाहरण",
        tuple("सहकारी|समिति|संघ|समूह|मंडल".split("|")),
        tuple("दुग्ध|कृषि|आवास|महिला|बुनकर|मत्स्य|ऋण|बीज".split("|")),
        tuple("और के में की है हम लिए साथ लोग काम गाँव दूध बीज पानी सदस्य बाज़ार बचत परिवार".split()),
        _syllables("ल र त न म स व क द प ब ग", "ा े ि ो ु"),
    ),
    Language(
        "zh",
        "示例",
        tuple("合作社|协会|互助会|联社|信用社".split("|")),
        tuple("农业|住房|面包|乳业|手工|能源|渔业|果品|茶叶|养老".split("|")),
        tuple(
            "我们 的 在 和 社区 一起 成员 工作 土地 食品 面包 家庭 市场 学校 公平 本地 帮助".split()
        ),
        HAN,
        joiner="",
    ),
    Language(
        "ja",
        "例",
        tuple("協同組合|組合|協会|ネットワーク|共済会".split("|")),
        tuple("農業|住宅|パン|酪農|漁業|生活|介護|書店|エネルギー".split("|")),
        tuple(
            "私たち の は と 地域 みんな 仕事 土地 食べ物 会員 家族 市場 学校 公正 助け合い".split()
        ),
        HAN,
        joiner="",
    ),
)

# Countries by the language of most of their listings; English elsewhere.
SPOKEN_IN = {
    "es": "AR BO CL CO CR CU DO EC ES GQ GT HN MX NI PA PE PR PY SV UY VE",
    "pt": "AO BR CV GW MZ PT ST TL",
    "fr": "BE BF BI BJ CD CF CG CI CM DJ FR GA GN HT KM LU MC MG ML NE SN TD TG VU",
    "de": "AT CH DE LI",
    "it": "IT SM VA",
    "ru": "BY KG KZ RU",
    "el": "CY GR",
    "ar": "AE BH DZ EG IQ JO KW LB LY MA OM PS QA SA SD SY TN YE",
    "he": "IL",
    "hi": "IN NP",
    "zh": "CN HK MO TW",
    "ja": "JP",
}
