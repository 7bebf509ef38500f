"""Limits: settings that no deployment changes.

Each has a reason; SAFETY.md's numbers unless measured otherwise.
"""

# What a visitor or a program may ask for.
PAGE_SIZE = 20  # What a person reads before refining (GOV.UK, EXPERIENCE 15).
API_PAGE_SIZE_MAX = 100  # Keeps one answer under 200 kB.
RESULT_WINDOW = 10_000  # Pages end here: nobody reads page 500, and 10^19 is not a page.
QUERY_LENGTH_MAX = 200  # SQLite's LIKE and the speller both grow with it (SAFETY T7).
QUOTED_TEXTS_MAX = 2_000  # Read for the quoted words of one search, which others wait for.
QUOTED_NAMES_MAX = 50_000  # Looked at for them: some 30 ms.
PARAMETERS_MAX = 100  # More query parameters than any filter form can send.
DISTANCE_UNIT_MILES_COUNTRIES = ["US", "GB", "LR", "MM"]  # Roads are signed in miles there.
RADIUS_DEFAULT_KM = 25
RADIUS_MAX_KM = 500
BODY_SIZE_MAX = 1_000_000  # One document is about 5 kB; SAFETY T4.
CLUSTERS_MAX = 200  # Features a map view may get.
CLUSTERS_BYTES_MAX = 30_000  # A map view on a slow phone: half a second at 400 kbit/s.

# Changes after which the index is built again: each costs every process about a kilobyte and every
# search a little; a day after which order by freshness is told anew.
SEARCH_CHANGES_MAX = 4_000
SEARCH_INDEX_DAYS_MAX = 1

# Proposals without an account: instead of puzzles, see docs/adr/0013-proposals.md.
PROPOSALS_PER_HOUR = 20  # From one network address; a class of pupils behind one address may fit.
PROPOSALS_PER_HOUR_IN_ALL = 500  # More is an attack: editors could not read them in a week.
PROPOSAL_LOOKUPS_PER_HOUR = 60  # Wrong reference numbers one address may try: nobody guesses one.
CONFIRMATIONS_PER_HOUR = 30  # "Still right" from one address: a walk through a whole quarter.
PROPOSAL_SECONDS_MIN = 3  # Nobody fills in a form faster; programs do.
PROPOSAL_EXPECTED_DAYS = 7  # What the status page promises; the queue shows what is older.
REMOVAL_DUE_DAYS = 14  # A request to be taken out is answered by then (EXPERIENCE 30).
CLAIM_EXPIRING_DAYS = 30  # Before the day a claim runs out, it asks for a new look.
DUPLICATES_SHOWN = 5  # Look-alikes shown while adding: more nobody compares.
BULK_DECISIONS_MAX = 100  # Proposals decided at once: a preview that can still be read.
DATA_UPLOAD_MAX_MEMORY_SIZE = BODY_SIZE_MAX
DATA_UPLOAD_MAX_NUMBER_FIELDS = 4_000  # The admin's form of a document with every list full.

# Searches that found nothing.
GAPS_SHOWN_FROM = 5  # Searches before editors see one: fewer could be one person's.
GAPS_AGAIN_SECONDS = 24 * 60 * 60  # One address asks the same once a day: else one makes five.
GAPS_WAIT_MS = 50  # For the database; a count is worth no slower page, and is dropped instead.

# Letters and jobs.
EMAIL_TIMEOUT = 10  # Seconds a mail server may take for one step.
MAIL_ATTEMPTS_MAX = 8  # With growing pauses about 30 hours: a mail server may be down for a day.
MAIL_KEPT_DAYS = 30  # Long enough to answer "I never got it"; addresses are personal data.
JOB_LEASE_SECONDS = 120  # After a kill somebody else goes on; longer than any one step takes.
JOB_ATTEMPTS_MAX = 5  # Then it is broken, and the others go on without it (SAFETY 6.18).

UNDO_AT_ONCE_MAX = 500  # Listings of a changeset put back per press: about ten seconds.

# Imports: staged, written in portions, taken back (docs/adr/0016-imports.md).
IMPORT_ROWS_AT_ONCE = 500  # Rows of a transaction: under a second, so that visitors never wait.
IMPORT_SLICE_SECONDS = 5  # What a press of "Go on" does in the browser: no proxy gives up by then.
IMPORT_LEASE_SECONDS = 60  # Whoever stands still for longer has ended; a portion takes a second.
IMPORT_STOP_ROWS_MIN = 20  # So few that vanish or change are somebody's work, not a broken feed.
IMPORT_PREVIEW_ROWS = 25  # On a page of the preview: each with its differences.
IMPORT_KEPT_DAYS = 90  # Files and rows, for "why was it refused?"; then only figures are kept.
IMPORT_PULL_SECONDS_MAX = 120  # For fetching a file: 20 MB over a slow line.
IMPORT_PULL_RETRY_HOURS = 6  # After a fetch that failed.

# Requests of ours to other machines (exchange.outbound). SAFETY.md 6.8, DEPENDENCIES.md.
OUTBOUND_PORTS = {80, 443}  # What websites use; others are services of somebody's network.
OUTBOUND_LOOPBACK = False  # This machine is nobody's website; tests alone say otherwise.
OUTBOUND_REDIRECTS_MAX = 3  # http → https → www → language: what honest sites need.
OUTBOUND_CONNECT_SECONDS = 2
OUTBOUND_READ_SECONDS = 5
OUTBOUND_SECONDS_MAX = 10  # Against an answer that drips.
OUTBOUND_BYTES_MAX = 1_000_000
OUTBOUND_HOST_PAUSE_SECONDS = 5  # Many groups share one small host.
OUTBOUND_HOST_FAILURES_MAX = 5  # Then a host is left in peace …
OUTBOUND_HOST_PEACE_SECONDS = 600  # … for ten minutes.
LINK_CHECK_DAYS = 30  # A website that answers is visited again after a month.
LINK_RETRY_DAYS = 7  # One that does not, after a week.
LINK_FAILURES_MAX = 3  # Flagged after three failures …
LINK_FAILING_DAYS = 14  # … over two weeks: a site may be down for some days.
LINK_CHECKS_PER_RUN = 200
# Reminders to enterprises; how long each type lasts is in actions.reminder_ages.
REMINDERS_PER_RUN = 200  # A day: a mail server that suddenly sends thousands is taken for spam.
REMINDER_PAUSE_DAYS = 60  # Between two letters about the same listing.
REMINDERS_UNANSWERED_MAX = 3  # Then the editors' turn: who does not answer is not pestered.
REMINDER_ANSWER_DAYS = 60  # As long as until the next letter.
REMINDER_STOP_DAYS = 730  # Old letters are found again; saying no must still work.

# Each is a line in the log; a federation adds its members in a few goes.
NETWORK_MEMBERS_AT_ONCE = 500
# An enterprise claims its listing by a letter to its own domain: how long the link in it works,
# and a code that an editor gives by telephone or post.
SPEAKING_LINK_DAYS = 3  # Over a weekend.
SPEAKING_CODE_DAYS = 30  # A letter by post and its answer.
SPEAKING_REQUESTS_MAX = 5  # A day and listing: more is somebody trying.
SPEAKING_ASKED_PER_HOUR = 20  # From one network address, wrong codes too: a code is never guessed.
# Hosts that give pages and addresses to anyone: having one there proves nothing.
SHARED_DOMAINS = frozenset(
    "facebook.com instagram.com linktr.ee wordpress.com blogspot.com wixsite.com weebly.com "
    "github.io sites.google.com google.com gmail.com outlook.com hotmail.com yahoo.com "
    "proton.me protonmail.com riseup.net icloud.com aol.com gmx.net web.de free.fr orange.fr "
    "uol.com.br terra.com.br".split()
)

# Files that editors bring in (exchange.tables): SAFETY.md 3 (V5) and 7.
IMPORT_BYTES_MAX = 20_000_000  # A national register has 4 MB.
IMPORT_ROWS_MAX = 100_000  # What two cores check and write within five minutes.
IMPORT_COLUMNS_MAX = 200  # Nobody maps more by hand; more is a damaged file.
IMPORT_CELL_LENGTH_MAX = 100_000  # Five of the longest descriptions; csv stops at 131,072.
IMPORT_UNPACKED_BYTES_MAX = 200_000_000  # Of a workbook: read as a stream, but it takes time.
IMPORT_SHARED_TEXTS_BYTES_MAX = 60_000_000  # Held whole: short texts take four times the room.
IMPORT_UNPACKED_RATIO_MAX = 200  # Sheets of the same few words shrink to a fiftieth.
IMPORT_ARCHIVE_ENTRIES_MAX = 1_000  # A workbook of a hundred sheets has three hundred.
IMPORT_YAML_BYTES_MAX = 2_000_000  # Three seconds and 100 MB: YAML is held whole, with its marks.
# Files of listings (exchange.exports, exchange.dumps).
DOWNLOAD_LISTINGS_MAX = 100_000  # Of one search, by anybody: some ten seconds of a processor.
WORKBOOK_LISTINGS_MAX = 20_000  # A workbook takes ten times as long, and comes only when whole.
DOWNLOAD_RATE = "60/hour"  # Files from one address, where calls are limited at all (API_RATE).
DUMP_HOUR = 3  # Local time, when few visit; everything nightly is done by four (SAFETY 2).
DUMP_LINE_BYTES_MAX = 5_000_000  # A document at all its limits has two million.
DUMP_LISTINGS_AT_ONCE = 500  # Loaded in one transaction: some three megabytes of documents.
DUMPS_KEPT_DAYS = 7  # The last of each day …
DUMPS_KEPT_MONTHS = 12  # … and of each month: what INTEROP 6.10 promises.
DUMPS_KEPT_WHOLE = 2  # File by file, so that a download begun yesterday can be resumed.

SHARED_BY_MANY = 5  # Listings with one website, address or point: fewer may be branches.
QUALITY_LIVE_MAX = 20_000  # Listings up to which figures are counted anew for each look: a second.
QUALITY_KEPT_SECONDS = 1_800  # Above, as long as an editor works through a list.
