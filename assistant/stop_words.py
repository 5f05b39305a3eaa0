"""Words of a question that say nothing about where its answer stands."""

#: Also the words with which one asks what somebody said: an answer may put it in any other way.
STOP_WORDS = frozenset(
    """
    a about above after again against all am an and any are as at be because been before being below between both
    but by can could did do does doing down during each few for from further had has have having he her here hers
    herself him himself his how i if in into is it its itself just me more most my myself no nor not now of off on
    once only or other our ours ourselves out over own same she should so some such than that the their theirs them
    themselves then there these they this those through to too under until up very was we were what when where which
    while who whom why will with would you your yours yourself yourselves according tell told say said says s t don
    d did u please many much whose also may might must shall upon us
    """.split()
)
