"""The verbs that tell of speech and of what somebody thinks or wants: one list of lemmas, with their forms."""

#: Verbs of speech: they stand behind a quotation too, and before its speaker ("“No,” said Rubio").
SPEECH = frozenset(
    "say tell add write read reply note explain argue claim insist warn caution announce state declare stress "
    "acknowledge admit confirm remark complain mention assert maintain quip joke post tweet respond emphasise "
    "emphasize recall continue conclude ask answer observe comment predict concede contend counter shout chant "
    "allege report repeat begin muse lament recount testify tout reiterate agree protest boast vow pledge promise "
    "urge suggest propose describe estimate think believe reckon rule charge retort demand".split()
)
#: What somebody thinks, wants, judges or does with words; they stand before what it is about.
OTHERS = frozenset(
    "deny accuse criticise criticize blame praise condemn denounce reject dismiss support oppose endorse "
    "defend blast slam mock ridicule question doubt dispute challenge attack hit rip scold chastise berate lambast "
    "hail welcome thank congratulate applaud commend compare liken label brand dub term call characterise "
    "characterize portray cast paint depict refer point speak talk discuss address raise voice express signal "
    "indicate imply hint show find reveal disclose document detail outline cite quote feature publish release issue "
    "list rate hope fear expect want wish worry feel consider regard see view know understand doubt prefer favour "
    "favor plan intend aim decide agree refuse decline seek offer invite call order instruct advise recommend "
    "appeal encourage press push plead request require threaten guarantee assure reassure promise convince persuade "
    "remind inform brief notify teach suspect assume presume anticipate foresee forecast project imagine wonder "
    "deem judge determine learn discover notice remember forget regret apologise apologize lash rail fume gush "
    "marvel rejoice vent unleash echo repeat underscore highlight underline espouse advocate champion tout promote "
    "pitch present argue allow disagree object oppose resist bemoan decry deride disparage malign assail rebuke "
    "rebut refute contradict correct clarify elaborate envision envisage predict warn commit swear".split()
)
#: Verbs whose words are about a deed unless something said follows: "called on Putin", "found the box".
CLAUSAL = frozenset(
    "show find see know feel hit back press push raise cast paint list rate teach like begin continue answer "
    "understand learn discover notice remember forget determine decide agree view order charge rule issue release "
    "publish feature present project term address support weigh allow seek offer invite point correct hail".split()
)
_IRREGULAR = {
    "say": "says said saying",
    "tell": "tells told telling",
    "write": "writes wrote written writing",
    "think": "thinks thought thinking",
    "speak": "speaks spoke spoken speaking",
    "feel": "feels felt feeling",
    "find": "finds found finding",
    "see": "sees saw seen seeing",
    "know": "knows knew known knowing",
    "understand": "understands understood understanding",
    "read": "reads",
    "show": "shows showed shown showing",
    "begin": "begins began begun beginning",
    "forget": "forgets forgot forgotten forgetting",
    "swear": "swears swore sworn swearing",
    "seek": "seeks sought seeking",
    "teach": "teaches taught teaching",
    "foresee": "foresees foresaw foreseen foreseeing",
    "hit": "hits hit hitting",
    "cast": "casts cast casting",
    "forecast": "forecasts forecast forecasting",
    "rebut": "rebuts rebutted rebutting",
    "admit": "admits admitted admitting",
    "commit": "commits committed committing",
    "refer": "refers referred referring",
    "prefer": "prefers preferred preferring",
    "regret": "regrets regretted regretting",
    "plan": "plans planned planning",
    "slam": "slams slammed slamming",
    "rip": "rips ripped ripping",
    "dub": "dubs dubbed dubbing",
    "signal": "signals signalled signaled signalling signaling",
    "label": "labels labelled labeled labelling labeling",
    "quip": "quips quipped quipping",
}


def _forms(lemma: str) -> list[str]:
    if lemma in _IRREGULAR:
        own = [] if lemma == "read" else [lemma]  # "read" by itself is what a reader does
        return [*own, *_IRREGULAR[lemma].split()]
    if lemma.endswith("e"):
        return [lemma, lemma + "s", lemma + "d", lemma[:-1] + "ing"]
    if lemma.endswith("y") and lemma[-2] not in "aeo":
        return [lemma, lemma[:-1] + "ies", lemma[:-1] + "ied", lemma + "ing"]
    ending = "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s"
    return [lemma, lemma + ending, lemma + "ed", lemma + "ing"]


#: Each form of each verb, with its lemma.
LEMMA = {form: lemma for lemma in sorted(SPEECH | OTHERS) for form in _forms(lemma)}
#: Forms that are nouns as often: "the report", "his plans".
NOUNS = frozenset(
    form
    for lemma in (
        "report claim call plan demand offer request promise pledge threat hope fear view note comment state question "
        "charge support attack order show point address issue release rule project press push list rate brand label "
        "praise blame doubt dispute challenge estimate forecast answer post tweet protest appeal quote feature find "
        "document detail thank vow pitch hint voice signal cast slam hit rip object notice lament advocate champion "
        "joke shout chant present talk guarantee vent boast like favor favour welcome reply remark worry"
    ).split()
    for form in (lemma, lemma[:-1] + "ies" if lemma.endswith("y") else lemma + "s", lemma + "es")
)
#: Stand between the one who speaks and the verb.
AUXILIARIES = frozenset(
    "had has have having is was are were be been being will would did does do may might could can should must also "
    "later repeatedly reportedly then once again further already briefly himself herself themselves itself never "
    "not publicly openly only now still even just often always sometimes soon earlier previously recently famously "
    "thus ’ve 've ’d 'd ’ll 'll ’s 's n't cannot didn't doesn't don't won't wouldn't hasn't haven't hadn't isn't "
    "wasn't too both all long ever apparently first".split()
)
BE = frozenset("is was are were be been being ’s 's".split())
