"""Words of names that are written in several ways, or that say little about which enterprise it is."""

# Written short and long, in words and figures: the right side is what is compared.
SAME_WORD = {
    "cu": ("credit", "union"), "fcu": ("federal", "credit", "union"),
    "ltd": ("limited",), "ltda": ("limited",), "limitada": ("limited",), "incorporated": ("inc",),
    "cic": ("cic",), "corporation": ("corp",), "company": ("co",), "county": ("co",),
    "cooperative": ("coop",), "cooperatives": ("coop",), "coops": ("coop",), "coopérative": ("coop",),
    "cooperativa": ("coop",), "cooperativas": ("coop",), "cooperatieve": ("coop",),
    "cooperatie": ("coop",), "genossenschaft": ("coop",), "kooperative": ("coop",),
    "assn": ("association",), "assoc": ("association",), "ass": ("association",),
    "associacao": ("association",), "asociacion": ("association",), "associazione": ("association",),
    "soc": ("society",), "societe": ("society",), "sociedad": ("society",), "sociedade": ("society",),
    "fed": ("federal",), "natl": ("national",), "nat": ("national",), "intl": ("international",),
    "emp": ("employees",), "empl": ("employees",), "empls": ("employees",), "emps": ("employees",),
    "employee": ("employees",), "ees": ("employees",), "teacher": ("teachers",),
    "govt": ("government",), "dept": ("department",), "comm": ("community",), "cmnty": ("community",),
    "univ": ("university",), "svc": ("service",), "svcs": ("service",), "services": ("service",),
    "mt": ("mount",), "ft": ("fort",), "saint": ("st",), "sainte": ("st",), "ste": ("st",),
    "elec": ("electric",), "mbrs": ("members",), "member": ("members",), "fdn": ("foundation",),
    "fund": ("fund",), "clt": ("community", "land", "trust"),
    "one": ("1",), "first": ("1",), "1st": ("1",), "two": ("2",), "second": ("2",), "2nd": ("2",),
    "three": ("3",), "third": ("3",), "3rd": ("3",), "four": ("4",), "4th": ("4",), "five": ("5",),
    "ii": ("2",), "iii": ("3",), "iv": ("4",), "vi": ("6",), "vii": ("7",), "viii": ("8",),
}  # fmt: skip

# What a body is before the law. Two names with different ones are seldom the same body.
FORMS = {
    "limited": "limited", "plc": "plc", "cic": "cic", "llp": "llp", "llc": "llc", "inc": "inc",
    "corp": "inc", "gmbh": "gmbh", "eg": "eg", "egen": "eg", "ev": "ev", "ug": "ug", "ag": "ag",
    "scic": "scic", "scop": "scop", "sca": "sca", "sarl": "sarl", "srl": "srl", "bv": "bv",
    "sl": "sl", "sccl": "sccl", "scoops": "scoops", "coopca": "coop-ca", "ong": "ong",
}  # fmt: skip

# Of names of the field everywhere: nobody is told apart by them.
GENERIC = frozenset(
    """
    coop society association credit union federal limited llp llc inc corp co cic community
    group company service bank organisation organization collective cooperation enterprise
    enterprises social workers members housing land trust club farm farms farmers national csa
    electric rural utility local mutual aid network project initiative verein union unions
    societes cooperatives producteurs groupement village simplifiee scoops
    """.split()
)

# Said or left out by habit: "The Unicorn Co-operative Society" is Unicorn.
HABITUAL = frozenset(
    "coop society association organization organisation collective credit union federal csa".split()
)

# A body beside another: a club's foundation, a co-op's federation, a school's trust.
ROLES = frozenset(
    """
    foundation fondation fundacion stiftung federation confederation league council consortium
    holdings holding properties supporters academy college school branch chapter district section
    subsidiary auxiliary ladies women youth junior regional regionalgruppe fund funding nursery
    workshop shop store cafe kitchen bakery garden headquarters parent apex secondary land
    """.split()
)

# What kind of body it is: different ones on both sides are two bodies; one more on one side is none.
KINDS = frozenset(
    """
    housing land credit farm farmers club electric bank energy hydro solar music publications
    supporters community growers trading marketing storage stores benefit development services
    """.split()
)
