"""Words of offices, of bodies and of men and women: what tells a person from a place or a thing."""

TITLES = frozenset(
    "president vice prime minister foreign defense defence chancellor secretary state admiral general colonel senator "
    "representative ambassador envoy special chief mr mrs ms miss dr sir madam king queen prince princess pope "
    "premier governor mayor spokesman spokeswoman spokesperson speaker adviser advisor negotiator director ceo "
    "chairman chairwoman leader former deputy gen col sen rep gov lt capt maj sgt adm prof professor judge justice "
    "congressman congresswoman candidate commissioner commander captain sergeant major brigadier brig interior "
    "finance economy attorney lawyer analyst expert economist reporter interim acting head aide del republican "
    "democratic democrat nominee presidential rear marshal lord lady baroness imam rabbi bishop archbishop cardinal "
    "father sister the parliament government house senate national security council committee party opposition "
    "supreme court".split()
)
#: Heads of the phrases that name an office; "the president" is whoever the article calls so.
OFFICES = frozenset(
    "president minister chancellor secretary admiral general colonel senator representative ambassador envoy king "
    "queen prince pope premier governor mayor spokesman spokeswoman spokesperson speaker adviser advisor negotiator "
    "director chairman chairwoman chair leader judge congressman congresswoman candidate commissioner commander "
    "captain brigadier mediator head aide lawyer nominee boss coach founder author economist professor analyst chief "
    "executive official diplomat politician billionaire businessman mogul actor lawmaker prosecutor treasurer bishop "
    "lawyer".split()
)
NOT_PEOPLE = frozenset(
    "the a an i he she it they we you in on at of for from to by with and but or if when while after before as so yet "
    "still this that these those there here what who how why where which not no yes however meanwhile monday tuesday "
    "wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december mr mrs ms his her its their our my your some many most all both one two three another other "
    "once now then today yesterday also even just only asked according despite under over since during until because "
    "although though nor either neither let please".split()
)
BODIES = frozenset(
    "day week today show awards act bill accord agreement treaty plan summit war battle river lake city county valley "
    "island bay beach road debates radio television tv morning tonight usa america avenue square airport conference "
    "ministry government parliament kremlin house office army police court council committee agency commission union "
    "party group company bank university association institute foundation department administration campaign command "
    "times post news journal standard observer guardian telegraph wire press agency nations nato state states street "
    "center centre service bureau board network poll school church hospital organisation organization front movement "
    "federation league alliance coalition forum fund society journal magazine courier gazette mail sun mirror".split()
)
MALE = frozenset(
    "he him his himself mr sir king prince pope father spokesman chairman congressman husband son brother lord "
    "businessman salesman councilman uncle bishop".split()
)
FEMALE = frozenset(
    "she her hers herself mrs ms miss madam queen princess spokeswoman chairwoman congresswoman wife daughter sister "
    "mother lady baroness businesswoman aunt actress".split()
)
