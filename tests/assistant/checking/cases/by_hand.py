# A case reads best on one line.
# ruff: noqa: E501
"""What a model may write about four made-up articles, honest and not, each sentence written by hand.

Each article's cases were written before any of them was checked, and the rules mended after each. When first run:
"border" 23 of 41 honest sentences stood and 26 of 28 inventions were stopped; "truce" 28 of 32 and 18 of 26; "swap" 20 of
28 and 17 of 26; "loan" 20 of 22 and 16 of 23. That is what to expect of an article that nobody has seen yet.
"""

from dataclasses import dataclass
from datetime import date

from index.article import Article
from tests.assistant.checking.cases.brief import Case, Cites


@dataclass(frozen=True, slots=True)
class Talks:
    """An article, and sentences on it with words of the sentences that they cite."""

    article: Article
    true: tuple[tuple[str, Cites], ...]
    false: tuple[tuple[str, Cites], ...]

    def honest(self) -> list[Case]:
        """Sentences that stand."""
        return [Case("by hand", text, cites) for text, cites in self.true]

    def inventions(self) -> list[Case]:
        """Sentences that must not be shown."""
        return [Case("by hand", text, cites) for text, cites in self.false]


def _article(name: str, title: str, publisher: str, day: date, text: str) -> Article:
    return Article(name, title, text.strip(), f"/news/{name}.txt", publisher=publisher, published=day)


# fmt: off
BORDER = Talks(
    _article(
        "border", "Border talks end with a paper on seven villages", "Caucasus Wire", date(2026, 4, 20),
        """\
Armenia and Azerbaijan closed three days of border talks in Tbilisi on Sunday night with a protocol on seven villages, but left the question of the railway for another meeting, Georgia’s foreign minister, Nino Kalandadze, announced.

“This is the first paper that both of them have signed in two years,” Kalandadze told reporters at the airport. “I would not call it peace. I would call it a beginning.”

Under the protocol, which runs to eleven pages, Azerbaijani troops are to leave four villages by 15 May, and Armenian police will take over three posts along the road to Ijevan. A joint commission with Georgian chairs is to count the wells and the graves.

Tigran Hakobyan, the former judge who headed the Armenian delegation, said his side had given up nothing that it held. Critics in Yerevan disagree: the opposition leader Anahit Sargsyan called the paper “a surrender in instalments” and wants parliament to reject it.

His counterpart, Elchin Mammadov, was more guarded. Baku “keeps its word when others keep theirs,” he said, adding that the withdrawal could be halted at any time.

Washington had sent no envoy. The European Union was represented by Marta Lindqvist, a Swedish diplomat who has visited the border eleven times; according to two people in the room, it was she who proposed the commission on Saturday, when the talks seemed about to collapse.

The railway is worth an estimated $400 million a year to both countries. Azerbaijan wants it to run without Armenian customs checks, while Yerevan insists on inspecting every wagon. Economists at the Black Sea Institute believe that a compromise would halve the price of bread in the border region.

President Vahan Petrosyan thanked Tbilisi on Facebook but did not comment on the villages. Azerbaijan’s president is expected to speak on Tuesday. Residents of Berkaber, one of the seven, said nobody had asked them.

Talks on the railway are to resume in Batumi on 2 June. Russia, which sent peacekeepers to the region in 2020 and withdrew them four years later, was not invited.
""",
    ),
    (
        ("Three days of border talks in Tbilisi ended with a protocol on seven villages, according to Kalandadze.", ("Armenia and Azerbaijan closed",)),
        ("Kalandadze, Georgia's foreign minister, announced that the question of the railway was left for another meeting.", ("Armenia and Azerbaijan closed",)),
        ("Armenia and Azerbaijan agreed on a protocol about seven villages but postponed the railway question, Kalandadze announced.", ("Armenia and Azerbaijan closed",)),
        ("Kalandadze said it was the first paper both sides had signed in two years.", ("first paper",)),
        ("Kalandadze described it as “the first paper that both of them have signed in two years.”", ("first paper",)),
        ("The protocol is eleven pages long.", ("Under the protocol",)),
        ("Under the protocol, Azerbaijani troops must leave four villages by 15 May.", ("Under the protocol",)),
        ("Armenian police will take over three posts on the road to Ijevan.", ("Under the protocol",)),
        ("Azerbaijani soldiers are to withdraw from four villages by May 15.", ("Under the protocol",)),
        ("A joint commission chaired by Georgians will count wells and graves.", ("A joint commission",)),
        ("Hakobyan, a former judge, led the Armenian delegation.", ("Tigran Hakobyan",)),
        ("Hakobyan said that Armenia had not given up anything it held.", ("Tigran Hakobyan",)),
        ("Opposition leader Anahit Sargsyan described the paper as “a surrender in instalments.”", ("Critics in Yerevan",)),
        ("Sargsyan wants parliament to reject the paper.", ("Critics in Yerevan",)),
        ("Critics in Yerevan disagree with Hakobyan.", ("Tigran Hakobyan", "Critics in Yerevan",)),
        ("Mammadov said that Baku “keeps its word when others keep theirs.”", ("His counterpart", "Baku “keeps",)),
        ("Mammadov added that the withdrawal could be stopped at any time.", ("Baku “keeps",)),
        ("According to Mammadov, the withdrawal could be halted at any time.", ("Baku “keeps",)),
        ("The United States did not send an envoy.", ("Washington had",)),
        ("Marta Lindqvist represented the European Union.", ("The European Union was",)),
        ("Lindqvist, a Swedish diplomat, has been to the border eleven times.", ("The European Union was",)),
        ("Two people in the room said Lindqvist proposed the commission on Saturday.", ("The European Union was",)),
        ("According to two people in the room, the commission was Lindqvist's idea.", ("The European Union was",)),
        ("The railway is estimated to be worth $400 million a year to the two countries.", ("The railway is worth",)),
        ("Azerbaijan wants the railway to run without Armenian customs checks.", ("Azerbaijan wants",)),
        ("Yerevan insists on inspecting every wagon, whereas Azerbaijan wants no Armenian customs checks.", ("Azerbaijan wants",)),
        ("Armenia insists that every wagon be inspected.", ("Azerbaijan wants",)),
        ("Economists at the Black Sea Institute think a compromise would cut the price of bread in the border region by half.", ("Economists at",)),
        ("According to economists at the Black Sea Institute, a compromise would halve bread prices in the border region.", ("Economists at",)),
        ("President Petrosyan thanked Tbilisi on Facebook without commenting on the villages.", ("President Vahan",)),
        ("Petrosyan has not commented on the villages.", ("President Vahan",)),
        ("Azerbaijan's president is due to speak on Tuesday.", ("president is expected",)),
        ("Residents of Berkaber said that they had not been asked.", ("Residents of",)),
        ("Berkaber is one of the seven villages.", ("Residents of",)),
        ("The railway talks will continue in Batumi on 2 June.", ("Talks on the railway",)),
        ("Talks on the railway resume in Batumi on June 2.", ("Talks on the railway",)),
        ("Russia was not invited.", ("Russia, which",)),
        ("Russia sent peacekeepers in 2020 and withdrew them four years later.", ("Russia, which",)),
        ("Russia, whose peacekeepers were withdrawn four years after 2020, was not invited to the talks.", ("Russia, which",)),
        ("The protocol requires Azerbaijan to leave four villages, and Armenia's police to take over three posts.", ("Under the protocol",)),
        ("Lindqvist proposed the commission when the talks seemed close to collapse, two people in the room said.", ("The European Union was",)),
    ),
    (
        ("Kalandadze called the protocol peace.", ("I would not call", "I would call",)),
        ("The protocol covers nine villages, according to Kalandadze.", ("Armenia and Azerbaijan closed",)),
        ("Armenian troops are to leave four villages by 15 May.", ("Under the protocol",)),
        ("Azerbaijani troops are to leave four villages by 25 May.", ("Under the protocol",)),
        ("Azerbaijani police will take over three posts along the road to Ijevan.", ("Under the protocol",)),
        ("Hakobyan called the paper “a surrender in instalments.”", ("Critics in Yerevan",)),
        ("The paper is a surrender in instalments.", ("Critics in Yerevan",)),
        ("Sargsyan wants parliament to accept the paper.", ("Critics in Yerevan",)),
        ("Hakobyan said that the withdrawal could be halted at any time.", ("Baku “keeps",)),
        ("Washington had sent an envoy.", ("Washington had",)),
        ("Lindqvist opposed the commission, according to two people in the room.", ("The European Union was",)),
        ("Mammadov proposed the commission on Saturday.", ("The European Union was",)),
        ("Lindqvist proposed the commission on Friday, two people in the room said.", ("The European Union was",)),
        ("Armenia wants the railway to run without customs checks.", ("Azerbaijan wants",)),
        ("Azerbaijan insists on inspecting every wagon.", ("Azerbaijan wants",)),
        ("A compromise would double the price of bread in the border region, economists at the Black Sea Institute believe.", ("Economists at",)),
        ("A compromise would halve the price of bread in the border region.", ("Economists at",)),
        ("Petrosyan commented on the villages on Facebook.", ("President Vahan",)),
        ("Petrosyan thanked Baku on Facebook.", ("President Vahan",)),
        ("Armenia's president is expected to speak on Tuesday.", ("president is expected",)),
        ("Residents of Berkaber said everybody had asked them.", ("Residents of",)),
        ("Talks on the railway are to resume in Tbilisi on 2 June.", ("Talks on the railway",)),
        ("Russia was invited.", ("Russia, which",)),
        ("Georgia was not invited.", ("Russia, which",)),
        ("Russia sent peacekeepers to the region in 2024.", ("Russia, which",)),
        ("The railway is worth an estimated $40 million a year.", ("The railway is worth",)),
        ("Baku keeps its word.", ("Baku “keeps",)),
        ("Kalandadze said that both sides had signed a peace treaty.", ("first paper",)),
    ),
)

TRUCE = Talks(
    _article(
        "truce", "Truce in Colombia extended by ninety days", "Andes Post", date(2026, 5, 16),
        """\
Colombia’s government and the largest remaining rebel group agreed in Havana on Saturday to extend their ceasefire by ninety days, the Norwegian mediators said in a statement.

The extension came after a tense week. On Wednesday the rebels’ chief negotiator, Ramiro Duarte, had walked out when the army announced the capture of two commanders near the Venezuelan border. He returned a day later, saying that “a table is worth more than a grievance.”

Government negotiator Lucía Ferrer said the army would stop flying over rebel camps until the end of July. In exchange, the group would hand over maps of minefields in three provinces and release eight soldiers. She did not say when.

“We have promised nothing that the constitution does not allow,” Ferrer added. Her predecessor, Andrés Pardo, resigned in March after accusing the president of bypassing Congress.

Not everybody was pleased. Senator Beatriz Ocampo, a former hostage, called the deal “a holiday for kidnappers” and urged the Supreme Court to suspend it. Farmers’ groups in Cauca, where most of the mines lie, welcomed it.

Some 4,200 fighters belong to the group, according to the Ministry of Defence; the rebels themselves put the figure at 6,000. Since the first ceasefire in 2022, the number of kidnappings has fallen by a third, the ombudsman’s office says, but extortion has doubled.

President Tomás Rueda, whose term ends in August, wants a final agreement before he leaves. Duarte doubts that this is possible. “Peace is not a bus that one has to catch,” he told Radio Caracol.

The next meeting will be held in Oslo from 9 to 13 June, with observers from Chile and the Vatican. Venezuela, a guarantor of earlier rounds, has not been asked to attend.
""",
    ),
    (
        ("The government and the rebels agreed to extend the ceasefire by ninety days, the Norwegian mediators said.", ("government and the largest",)),
        ("According to the Norwegian mediators, the ceasefire was extended by 90 days.", ("government and the largest",)),
        ("Colombia's government and the largest remaining rebel group reached the agreement in Havana on Saturday, Norwegian mediators stated.", ("government and the largest",)),
        ("Duarte, the chief negotiator of the rebels, walked out on Wednesday after the army announced that two commanders had been captured.", ("On Wednesday the",)),
        ("Ramiro Duarte left the talks on Wednesday when the army announced the capture of two commanders.", ("On Wednesday the",)),
        ("Duarte came back a day later and said that “a table is worth more than a grievance.”", ("On Wednesday the", "He returned",)),
        ("Ferrer said that the army would stop flights over rebel camps until the end of July.", ("Government negotiator",)),
        ("According to Ferrer, the army will not fly over rebel camps until the end of July.", ("Government negotiator",)),
        ("In return, the rebels would release eight soldiers and hand over maps of minefields in three provinces, Ferrer said.", ("Government negotiator", "In exchange",)),
        ("The group is to free eight soldiers.", ("In exchange",)),
        ("Ferrer did not give a date.", ("She did not say",)),
        ("Ferrer said the government had promised nothing that the constitution does not allow.", ("We have promised",)),
        ("Ferrer insisted that “we have promised nothing that the constitution does not allow.”", ("We have promised",)),
        ("Andrés Pardo, who preceded Ferrer, resigned in March.", ("Her predecessor",)),
        ("Pardo accused the president of bypassing Congress.", ("Her predecessor",)),
        ("Ocampo called the deal “a holiday for kidnappers.”", ("Senator Beatriz",)),
        ("Senator Ocampo, who was once a hostage, urged the Supreme Court to suspend the deal.", ("Senator Beatriz",)),
        ("Farmers' groups in Cauca welcomed the deal.", ("Farmers’ groups",)),
        ("Most of the mines lie in Cauca.", ("Farmers’ groups",)),
        ("The Ministry of Defence says that the group has some 4,200 fighters.", ("Some 4,200",)),
        ("According to the rebels, the group has 6,000 fighters.", ("Some 4,200",)),
        ("The ministry puts the number of fighters at 4,200, the rebels at 6,000.", ("Some 4,200",)),
        ("Kidnappings have fallen by a third since 2022, according to the ombudsman's office.", ("Since the first",)),
        ("The ombudsman's office says that extortion has doubled.", ("Since the first",)),
        ("Rueda wants a final agreement before his term ends in August.", ("President Tomás",)),
        ("President Rueda's term ends in August.", ("President Tomás",)),
        ("Duarte doubts that a final agreement is possible before Rueda leaves.", ("President Tomás", "Duarte doubts",)),
        ("Duarte told Radio Caracol that “peace is not a bus that one has to catch.”", ("Peace is not",)),
        ("The next meeting takes place in Oslo from 9 to 13 June.", ("The next meeting",)),
        ("Observers from Chile and the Vatican will attend the next meeting in Oslo.", ("The next meeting",)),
        ("Venezuela has not been asked to attend.", ("Venezuela, a guarantor",)),
        ("Venezuela, which was a guarantor of earlier rounds, has not been invited.", ("Venezuela, a guarantor",)),
    ),
    (
        ("The ceasefire was extended by sixty days, the Norwegian mediators said.", ("government and the largest",)),
        ("Swedish mediators said that the ceasefire was extended by ninety days.", ("government and the largest",)),
        ("Ferrer walked out on Wednesday when the army announced the capture of two commanders.", ("On Wednesday the",)),
        ("Duarte said that the army would stop flying over rebel camps until the end of July.", ("Government negotiator",)),
        ("The army would stop flying over rebel camps until the end of June, Ferrer said.", ("Government negotiator",)),
        ("The army would hand over maps of minefields in three provinces and release eight soldiers.", ("In exchange",)),
        ("Ferrer said when the soldiers would be released.", ("In exchange", "She did not say",)),
        ("Pardo resigned in May.", ("Her predecessor",)),
        ("The president accused Pardo of bypassing Congress.", ("Her predecessor",)),
        ("Ocampo welcomed the deal.", ("Senator Beatriz",)),
        ("Ocampo urged the Supreme Court to uphold the deal.", ("Senator Beatriz",)),
        ("The deal is a holiday for kidnappers.", ("Senator Beatriz",)),
        ("Farmers' groups in Cauca rejected the deal.", ("Farmers’ groups",)),
        ("The rebels say that the group has 4,200 fighters.", ("Some 4,200",)),
        ("According to the Ministry of Defence, 6,000 fighters belong to the group.", ("Some 4,200",)),
        ("Kidnappings have risen by a third since 2022, according to the ombudsman's office.", ("Since the first",)),
        ("Extortion has fallen by a third, the ombudsman's office says.", ("Since the first",)),
        ("Extortion has doubled.", ("Since the first",)),
        ("Duarte wants a final agreement before he leaves.", ("President Tomás",)),
        ("Rueda doubts that this is possible.", ("Duarte doubts",)),
        ("Duarte believes that this is possible.", ("Duarte doubts",)),
        ("The next meeting will be held in Havana from 9 to 13 June.", ("The next meeting",)),
        ("Observers from Venezuela and the Vatican will attend.", ("The next meeting",)),
        ("Venezuela has been asked to attend.", ("Venezuela, a guarantor",)),
        ("Chile has not been asked to attend.", ("Venezuela, a guarantor",)),
        ("Duarte told Radio Caracol: “Peace is a bus that one has to catch.”", ("Peace is not",)),
    ),
)

SWAP = Talks(
    _article(
        "swap", "Russia and Ukraine swap 205 prisoners each", "Dnipro Monitor", date(2026, 4, 11),
        """\
Ukrainian and Russian officials exchanged 205 prisoners of war each on Friday at a crossing near the Belarusian border, in the fourth swap since the Istanbul round, Ukraine’s Coordination Headquarters reported.

Among those who came home were 38 defenders of the Azovstal plant, held since May 2022. The youngest is 22, the oldest 61. Doctors said that most had lost more than a quarter of their weight.

“Every single one of them asked first about the comrades who stayed behind,” said Olena Hrytsenko, a psychologist who met the buses in Chernihiv. She has worked with returning prisoners since 2014.

The United Arab Emirates, which mediated the swap, thanked both governments. Its foreign ministry said that 4,641 captives have been freed with its help so far. Kyiv and Moscow have not given totals of their own.

Russia’s human rights commissioner, Yelena Sobina, said her country had proposed exchanging a thousand more before Easter, and blamed Kyiv for the delay. Dmytro Kravets, the secretary of Ukraine’s headquarters, denied this: Moscow had sent a list on Monday, he told Radio Dnipro, but 90 of the names on it were of people already exchanged.

No civilians were released, although Ukraine had asked for 47 journalists and mayors. Families protested outside the headquarters in Kyiv on Saturday. “We are not against the soldiers,” said Iryna Bondar, whose husband, the mayor of a village near Kherson, was taken in April 2022. “We only want somebody to say his name.”

The International Committee of the Red Cross says it has been allowed to visit fewer than half of the camps in Russia. A spokesman, Patrick Griffiths, called that “unacceptable in the fifth year of the war,” though he noted that letters now reach prisoners within six weeks, instead of four months.

A further exchange, of the badly wounded, is planned for the first week of May. It will not need mediators, Kravets said.
""",
    ),
    (
        ("Russia and Ukraine each exchanged 205 prisoners of war on Friday near the border with Belarus, Ukraine's Coordination Headquarters reported.", ("exchanged 205",)),
        ("According to Ukraine's Coordination Headquarters, it was the fourth swap since the Istanbul round.", ("exchanged 205",)),
        ("38 defenders of Azovstal who had been held since May 2022 were among those who came home.", ("Among those",)),
        ("The oldest of them is 61 and the youngest 22.", ("The youngest",)),
        ("Most had lost more than a quarter of their weight, doctors said.", ("Doctors said",)),
        ("According to doctors, most of them had lost over a quarter of their weight.", ("Doctors said",)),
        ("Hrytsenko, a psychologist, said that every one of them first asked about the comrades who stayed behind.", ("Every single",)),
        ("Olena Hrytsenko has worked with returning prisoners since 2014.", ("Every single", "She has worked",)),
        ("The United Arab Emirates mediated the swap and thanked both governments.", ("The United Arab",)),
        ("With the help of the Emirates, 4,641 captives have been freed so far, according to its foreign ministry.", ("The United Arab", "Its foreign ministry",)),
        ("The UAE's foreign ministry said that 4,641 prisoners have been freed with its help.", ("The United Arab", "Its foreign ministry",)),
        ("Neither Kyiv nor Moscow has given totals of its own.", ("Kyiv and Moscow have not",)),
        ("Sobina, Russia's human rights commissioner, blamed Kyiv for the delay.", ("Russia’s human rights",)),
        ("Sobina said Russia had proposed to exchange a thousand more prisoners before Easter.", ("Russia’s human rights",)),
        ("Kravets denied that Kyiv was to blame for the delay.", ("Russia’s human rights", "Dmytro Kravets",)),
        ("Kravets told Radio Dnipro that Moscow had sent a list on Monday, but that 90 of the people on it had already been exchanged.", ("Dmytro Kravets",)),
        ("Dmytro Kravets is the secretary of Ukraine's headquarters.", ("Dmytro Kravets",)),
        ("Ukraine had asked for 47 journalists and mayors, but no civilians were released.", ("No civilians",)),
        ("No civilians were freed.", ("No civilians",)),
        ("Families protested in Kyiv on Saturday outside the headquarters.", ("Families protested",)),
        ("Iryna Bondar, whose husband is the mayor of a village near Kherson, said: “We are not against the soldiers.”", ("We are not against",)),
        ("Bondar's husband was taken in April 2022.", ("We are not against",)),
        ("Bondar said that the families only want somebody to say his name.", ("We are not against", "We only want",)),
        ("The Red Cross says that it has been able to visit fewer than half of the camps in Russia.", ("The International Committee",)),
        ("Griffiths called the lack of access “unacceptable in the fifth year of the war.”", ("The International Committee", "A spokesman",)),
        ("Letters now reach prisoners within six weeks instead of four months, Griffiths noted.", ("A spokesman",)),
        ("A further exchange of badly wounded prisoners is planned for the first week of May.", ("A further exchange",)),
        ("Kravets said that the next exchange will not need mediators.", ("A further exchange", "It will not",)),
    ),
    (
        ("Russia and Ukraine each exchanged 250 prisoners of war on Friday, Ukraine's Coordination Headquarters reported.", ("exchanged 205",)),
        ("It was the fourth swap since the Geneva round, Ukraine's Coordination Headquarters reported.", ("exchanged 205",)),
        ("The youngest is 61.", ("The youngest", "Among those",)),
        ("Doctors said that most had gained more than a quarter of their weight.", ("Doctors said",)),
        ("Most had lost more than a quarter of their weight.", ("Doctors said",)),
        ("Hrytsenko said: “They all wanted revenge.”", ("Every single",)),
        ("Hrytsenko met the buses in Kyiv.", ("Every single",)),
        ("Qatar mediated the swap.", ("The United Arab",)),
        ("Kyiv and Moscow have given totals of their own.", ("Kyiv and Moscow have not",)),
        ("Sobina blamed Moscow for the delay.", ("Russia’s human rights",)),
        ("Kravets said that Russia had proposed exchanging a thousand more before Easter.", ("Russia’s human rights",)),
        ("Russia had proposed exchanging a thousand more before Easter, and Kyiv is to blame for the delay.", ("Russia’s human rights",)),
        ("Kravets confirmed this.", ("Dmytro Kravets",)),
        ("Kravets told Radio Dnipro that Kyiv had sent a list on Monday.", ("Dmytro Kravets",)),
        ("Moscow had sent a list on Tuesday, Kravets told Radio Dnipro.", ("Dmytro Kravets",)),
        ("Civilians were released.", ("No civilians",)),
        ("Russia had asked for 47 journalists and mayors.", ("No civilians",)),
        ("Families protested outside the headquarters in Moscow.", ("Families protested",)),
        ("Bondar said: “We are against the soldiers.”", ("We are not against",)),
        ("The Red Cross says that it has been allowed to visit more than half of the camps in Russia.", ("The International Committee",)),
        ("The Red Cross has been allowed to visit fewer than half of the camps in Ukraine, it says.", ("The International Committee",)),
        ("Griffiths called the letters “unacceptable.”", ("A spokesman",)),
        ("Letters reach prisoners within four months, instead of six weeks, Griffiths noted.", ("A spokesman",)),
        ("A further exchange is planned for the second week of May.", ("A further exchange",)),
        ("Sobina said it will not need mediators.", ("It will not",)),
        ("The next exchange will need mediators, Kravets said.", ("It will not",)),
    ),
)

LOAN = Talks(
    _article(
        "loan", "No deal on a loan from frozen assets", "Brussels Dispatch", date(2025, 11, 28),
        """\
European leaders failed on Thursday to agree on a loan for Ukraine backed by frozen Russian assets, after Belgium demanded guarantees against lawsuits and Hungary threatened a veto, two diplomats said in Brussels.

The money, some 140 billion euros, would cover Kyiv’s budget for two years. Most of the assets are held by Eurovault, a clearing house in Belgium, which earned 4.4 billion euros on them last year.

“We are asked to carry the risk for everybody,” Belgian Prime Minister Bart Maes told reporters on arrival. “Solidarity means that the risk is shared, down to the last cent.”

Chancellor Friedrich Vogt of Germany, who had pushed for a decision before Christmas, said he was disappointed but not discouraged. Poland’s Marek Wilk was blunter: “Either money today or blood tomorrow,” he said.

Hungarian Foreign Minister Peter Halasz rejected the plan as theft. His country would sign nothing that prolongs the war, he told state television, and it would go on buying Russian gas.

The European Central Bank has warned the Commission twice that seizing the assets could weaken the euro. Christine Morel, its president, nevertheless called the latest draft “the closest to international law that I have seen.”

In Kyiv, Finance Minister Serhiy Danko said the government had enough to pay salaries until the end of March. After that, he warned, it would have to print money. Ukraine needs about 5 billion euros a month from abroad.

Russia’s central bank has sued Eurovault in Moscow for 18.2 trillion roubles. Kremlin spokesman Dmitry Larin promised “a very painful answer,” without saying which. The leaders will try again on 18 December.
""",
    ),
    (
        ("European leaders did not agree on Thursday on a loan for Ukraine, two diplomats said.", ("European leaders",)),
        ("According to two diplomats, Belgium demanded guarantees against lawsuits and Hungary threatened to use its veto.", ("European leaders",)),
        ("The loan of about 140 billion euros would cover Ukraine's budget for two years.", ("The money",)),
        ("Eurovault, which is in Belgium, holds most of the assets.", ("Most of the assets",)),
        ("Eurovault earned 4.4 billion euros on the assets last year.", ("Most of the assets",)),
        ("Maes told reporters that Belgium is asked to carry the risk for everybody.", ("We are asked",)),
        ("Belgium's prime minister said that solidarity means that the risk is shared, “down to the last cent.”", ("We are asked", "Solidarity",)),
        ("Vogt said that he was disappointed but not discouraged.", ("Chancellor",)),
        ("Vogt, the German chancellor, had pushed for a decision before Christmas.", ("Chancellor",)),
        ("Wilk said: “Either money today or blood tomorrow.”", ("Poland’s",)),
        ("Halasz, Hungary's foreign minister, rejected the plan as theft.", ("Hungarian Foreign",)),
        ("Halasz told state television that Hungary would not sign anything that prolongs the war.", ("Hungarian Foreign", "His country",)),
        ("Hungary will keep buying Russian gas, Halasz said.", ("Hungarian Foreign", "His country",)),
        ("The European Central Bank warned the Commission two times that seizing the assets could weaken the euro.", ("The European Central",)),
        ("Morel, the president of the European Central Bank, called the latest draft “the closest to international law that I have seen.”", ("The European Central", "Christine Morel",)),
        ("Danko said that Ukraine's government can pay salaries until the end of March.", ("In Kyiv, Finance",)),
        ("According to Danko, the government would have to print money after March.", ("In Kyiv, Finance", "After that",)),
        ("Ukraine needs around 5 billion euros from abroad each month.", ("Ukraine needs",)),
        ("The Russian central bank is suing Eurovault in Moscow for 18.2 trillion roubles.", ("Russia’s central",)),
        ("Larin promised “a very painful answer,” but did not say which.", ("Kremlin spokesman",)),
        ("The leaders will make another attempt on 18 December.", ("The leaders will",)),
        ("The next attempt is on December 18.", ("The leaders will",)),
    ),
    (
        ("European leaders agreed on Thursday on a loan for Ukraine, two diplomats said.", ("European leaders",)),
        ("Hungary demanded guarantees against lawsuits and Belgium threatened a veto, two diplomats said.", ("European leaders",)),
        ("The loan would cover Kyiv's budget for three years.", ("The money",)),
        ("Eurovault lost 4.4 billion euros on the assets last year.", ("Most of the assets",)),
        ("Eurovault is a clearing house in Luxembourg.", ("Most of the assets",)),
        ("Vogt told reporters that Belgium is asked to carry the risk for everybody.", ("We are asked",)),
        ("Maes said that Belgium would carry the risk for everybody.", ("We are asked",)),
        ("Vogt said that he was discouraged.", ("Chancellor",)),
        ("Wilk had pushed for a decision before Christmas.", ("Chancellor",)),
        ("Vogt said: “Either money today or blood tomorrow.”", ("Poland’s",)),
        ("Halasz welcomed the plan.", ("Hungarian Foreign",)),
        ("The plan is theft.", ("Hungarian Foreign",)),
        ("Hungary would stop buying Russian gas, Halasz said.", ("Hungarian Foreign", "His country",)),
        ("The Commission has warned the European Central Bank twice that seizing the assets could weaken the euro.", ("The European Central",)),
        ("The European Central Bank has warned that seizing the assets could strengthen the euro.", ("The European Central",)),
        ("Morel called the latest draft illegal.", ("Christine Morel",)),
        ("Danko said the government had enough to pay salaries until the end of May.", ("In Kyiv, Finance",)),
        ("The government will have to print money.", ("After that",)),
        ("Ukraine needs about 5 billion euros a year from abroad.", ("Ukraine needs",)),
        ("Eurovault has sued Russia's central bank.", ("Russia’s central",)),
        ("Morel promised “a very painful answer.”", ("Kremlin spokesman",)),
        ("Larin said which answer it would be.", ("Kremlin spokesman",)),
        ("The leaders will try again in November.", ("The leaders will",)),
    ),
)
# fmt: on

ALL = (BORDER, TRUCE, SWAP, LOAN)
