"""Two articles of two papers, to ask about, and what every answer must hold."""

from assistant import Answer

LAKE = """\
---
title: Dam talks end without a treaty
publisher: The Lake Gazette
author: Anna Brandt
published: 2026-02-17
url: https://lake.example/dam
---
Officials of Norland and Sudland met in Vesterby on Tuesday to talk about the river dam that divides them. The two \
delegations sat together for three hours and parted without a treaty.

Prime Minister Ingrid Halvorsen of Norland said the talks were “frank and useful.” She added that her country would \
not give up the dam.

The Sudland delegation was led by Marco Bellini, a retired admiral. He called the dam “a wall of water.” Nearly forty \
engineers came with him.
"""

PORT = """\
---
title: Night train returns
publisher: Porto Daily
published: 2026-03-01T08:30:00+01:00
---
The night train between Vesterby and Porto Sereno will run again from June, the railway said on Friday.

The mayor of Porto Sereno, Lucia Ferrante, welcomed the news. “Our hotels have waited for this,” she said. She has no \
opinion on the river dam, she told reporters.
"""


def exact(answer: Answer) -> bool:
    cited = all(each.article.text[each.start : each.end] == each.quote for each in answer.citations)
    found = all(each.article.text[each.start : each.end] == each.text for each in answer.passages)
    return cited and found
