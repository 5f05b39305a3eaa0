"""Boilerplate removal: lines in the column of an article that are not part of it."""

import re

from index.ingestion.timestamps import moments
from index.ingestion.web.authors import people
from index.ingestion.web.block import Block

_MARKS = " \t*•>»›→▶►|-–—:[]()"
_PROMO = re.compile(
    r"(?:(?:also |and )?(?:read|see|watch|listen|find out|learn|explore|discover)(?: also| more| next| on|"
    r" here| now| this| the full \w+)?\s*(?:[:|»>–—-]|\bmore\b)|"
    r"read more\b|read next\b|also on\b|also read\b|see also\b|more (?:on|from|about|stories|news|in|"
    r"by)\b.{0,80}$|more:|related(?: \w+){0,2}\s*(?::|$)|don[’']?t miss\b|click (?:here|to)\b|tap here\b|"
    r"recommended\b.{0,30}$|you (?:may|might) (?:also )?(?:like|be interested)|what to read next|"
    r"continue reading|story continues|article continues|the article continues|advertisement\b|"
    r"(?:ad|anzeige|werbung|publicité|publicidad|advertentie|reklama|реклама|реклама:|pubblicità)$|"
    r"sponsored(?: content)?$|"
    r"trending(?: now)?\s*(?::|$)|top stories|editors?[’']s? picks?|in pictures:|in pics:|"
    r"watch(?: live)?:|video:|gallery:|photos?:|poll:|podcast:|listen:|explainer:|opinion:|analysis:|"
    r"live:.{0,10}$|"
    r"(?:recommended|suggested|related|similar|more|other|latest|recent|popular|top) (?:articles|stories|posts|news|"
    r"reading|coverage|content|videos|topics|links)\b.{0,30}$|up next\b.{0,40}$|in this (?:article|story)$|"
    r"most (?:read|popular|viewed|shared|commented)\b.{0,20}$|from (?:our|the) (?:partners|archives?|magazine)$|"
    r"keep reading\b|next up\b|for more,? (?:read|see|on)\b|before you go\b|see (?:all )?photos\b|"
    r"what[’']s your reaction\b|\d+ more (?:replies|reply|comments)|key (?:highlights|points|takeaways)$|highlights$|"
    r"in case you missed it\b|for more on this\b|here(?:['’]s| is) what (?:else )?to read\b|"
    r"(?:weitere|ähnliche|neueste|verwandte|empfohlene|aktuelle) (?:artikel|beiträge|themen\w*|meldungen|"
    r"nachrichten)\b.{0,40}$|"
    r"mehr (?:themen|artikel|aus|von|auf)\b.{0,40}$|(?:auch|schon) gelesen\b|auch (?:lesen|auf \S+$)|zum weiterlesen|"
    r"notas? relacionadas?|(?:artículos|noticias) relacionad[ao]s|(?:le|te) puede interesar|puedes? (?:ver|leer)\s*:|"
    r"articles? (?:liés|similaires|associés)|articoli correlati|potrebbe interessarti|zie ook|"
    r"lesen sie (?:auch|mehr|hier|dazu)|mehr (?:zum thema|dazu|lesen)|auch interessant|das könnte (?:sie|"
    r"dich) (?:auch )?interessieren|lesen sie|zum thema\b.{0,5}$|siehe auch|"
    r"(?:à|a) lire(?: aussi)?\b|lire aussi|voir aussi|lisez aussi|sur le même sujet|(?:lea|lee|ver|vea|"
    r"mira|te puede) (?:también|también|interesar|además|más)|leia (?:também|mais)|veja (?:também|mais)|"
    r"saiba mais|"
    r"leggi anche|leggi (?:di più|tutto)|guarda anche|lees (?:ook|meer)|bekijk ook|czytaj (?:też|także|"
    r"również|więcej)|zobacz (?:też|także|również)|"
    r"читайте (?:также|також|ещё|ще)|читать (?:также|далее)|смотрите также|дивіться також|также читайте|"
    r"läs (?:också|mer)|les også|læs også|lue myös|přečtěte si|čtěte (?:také|též))",
    re.IGNORECASE,
)
_SHARE = re.compile(
    r"(?:share(?: (?:this|on|via|with|article|post|story|to|options|by)\b.{0,40}|$)|tweet$|(?:share|save|"
    r"print|email|copy link|facebook|twitter|x|whatsapp|telegram|linkedin|reddit|pinterest|instagram|"
    r"youtube|tiktok|threads|bluesky|messenger|flipboard|pocket|comments?|"
    r"teilen|drucken|merken|partager|compartir|condividi|udostępnij|поделиться|поширити|delen|dela|del|"
    r"jaa|sdílet|link kopieren|copy|link|e-?mail|"
    r"\d+ (?:comments?|shares?|kommentare?)|comments? \(\d+\)|leave a comment|post a comment|"
    r"add (?:us )?(?:as|on) .{0,30}google.{0,20}|listen(?: to (?:this )?article)?|listen \d.*|"
    r"\d+ min(?:ute)?s?(?: read)?|gift article|give this article|bookmark|save article|follow|subscribe|"
    r"sign in|log in|sign up|loading\W*|play|pause|close|open|menu|search|back to top|top|more|next|"
    r"previous|image|photo|video))"
    r"(?:[\s,|·•/]+(?:share|tweet|save|print|email|facebook|twitter|x|whatsapp|telegram|linkedin|reddit|"
    r"copy link|link|e-?mail))*\W*$",
    re.IGNORECASE,
)
_LETTER = re.compile(
    r"(?:sign up|sign-up|subscribe|register|join|get|enjoying|stay|abonnieren sie|jetzt abonnieren|"
    r"inscrivez-vous|abonnez-vous|suscríbete|suscríbase|iscriviti|zapisz się|подпишитесь|підписуйтесь|"
    r"підпишіться|подписывайтесь)\b.{0,160}\b(?:newsletters?|inbox|email|e-mail|alerts?|updates|app|"
    r"telegram|whatsapp|channel|channels|briefing|free|subscription|subscribers?|rss|youtube|канал\w*|"
    r"new[sz]letter\w*)\b|"
    r"(?:follow|like|find) (?:us|me|him|her|them|@\w+|[\w .]{0,40}?) (?:on|at)(?: our)? (?:x|twitter|"
    r"facebook|instagram|telegram|social|youtube|whatsapp|linkedin|tiktok|bluesky|threads|google|"
    r"mastodon)\b|follow .{0,40}@\w+|"
    r"(?:download|get|install)\b.{0,30}\bapp\b|"
    r"(?:have|got|do you have) (?:a|any) (?:news )?(?:tip|story|question|information|comment|"
    r"photo)s?\b.{0,120}(?:\?|contact|email|reach)|(?:contact|email|e-mail|write to|reach) (?:the |"
    r"our )?(?:reporter|author|editor|writer|us|him|her|me|newsroom|\w+ \w+)\b.{0,30}(?:at |on |via |"
    r": ?)\S*@|"
    r"this (?:article|story|post|piece|report|content) (?:was|is|has been)? ?(?:originally |first |"
    r"also )?(?:published|appeared|appears|produced|auto-generated|republished|written|adapted|part of|"
    r"available|provided|brought)\b.{0,200}$|(?:originally|first) published\b.{0,120}$|"
    r"(?:never miss|don[’']?t miss|be the first to|want (?:more|to)|to (?:read|view|see|continue|get)|for (?:more|the "
    r"latest|unlimited))\b.{0,160}\b(?:sign(?:ing)? up|subscrib\w+|newsletters?|inbox|log in|sign in|our app|"
    r"download\w*|follow us)\b|subscribers? (?:only|can)\b|"
    r"(?:we|this (?:post|article|page|story)|\S+|our \w+) may (?:earn|receive|get|contain)\b.{0,60}\b(?:commissions?|"
    r"affiliate|links)\b|(?:some of )?the links? (?:in|on) this\b.{0,80}affiliate|this (?:post|article) contains\b"
    r".{0,60}(?:affiliate|links|references to products)|"
    r"thank you for (?:reading|registering|subscribing|signing)|thanks for reading|if you (?:like|enjoy|"
    r"value|want|would like to)\b.{0,80}\b(?:subscribe|support|donat|newsletter|share your)|"
    r"support (?:our|us|independent)\b.{0,100}|"
    r"we use cookies|this (?:site|website|page) uses cookies|by (?:clicking|continuing|signing up|"
    r"subscribing|submitting|providing)\b.{0,200}(?:agree|accept|consent|terms|policy)|your (?:email|"
    r"e-mail|privacy|ad ?blocker|browser)\b|please (?:enable|turn off|disable|log in|sign in|subscribe|"
    r"consider|enter|check your)\b|"
    r"you (?:can|must|need to) (?:also )?(?:subscribe|sign up|follow|log in|be logged|unsubscribe|find us|"
    r"download)|already (?:a )?(?:subscriber|registered|have an account)|already have an account|"
    r"unlimited (?:access|digital)|"
    r"(?:the views|views|opinions|the opinions) expressed\b.{0,200}(?:author|own|writer|reflect)|"
    r"all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos|tutti i diritti|"
    r"wszelkie prawa|все права защищены|усі права|"
    r"copyright\s*(?:©|\(c\)|\d{4}|by\b|:|the\b|$)|©|\(c\) \d{4}|click on .{0,30} to",
    re.IGNORECASE,
)
_REUSE = re.compile(
    r"all rights reserved|may not be (?:published|reproduced|redistributed)|do not (?:reproduce|"
    r"redistribute)|©\s?(?:\d{4}|\w)|alle rechte vorbehalten|tous droits réservés",
    re.IGNORECASE,
)
_COOKIES = re.compile(r"\bcookies?\b", re.IGNORECASE)
_CREDIT = re.compile(
    r"^(?:\(?\s*)?(?:(?:photo|image|picture|foto|bild|file photo|file|photograph|illustration|graphic|"
    r"video|grafik|zdjęcie|фото|fotografie|imagen|crédit|credit|credits|quelle|source|pic|getty images|"
    r"ap photo|photo credit|image credit|image source|bildquelle|illustrative photo)s?\s*(?:credit|by|"
    r"courtesy|source|via|from)?\s*[:/|©]\s*.{1,120}|"
    r"(?:photo|image|photograph|illustration|picture|graphic|foto|video|animation) (?:by|courtesy(?: of)?|"
    r"via|credit|von|de|par)\b.{1,100}|"
    r".{0,80}(?:/|via |\|\s?|, |— )\s?(?:getty(?: images)?|reuters|afp|ap(?: photo)?|epa(?:-efe)?|"
    r"shutterstock|istock|imago|dpa|picture alliance|alamy|bloomberg|anadolu(?: agency)?|ukrinform|xinhua|"
    r"pa wire|ap images|file photo|zuma\w*|sipa|nurphoto|tass|sputnik)(?:\s?(?:images|photo|via .{1,40}|"
    r"/.{1,40}|file))?|"
    r"(?:getty images|reuters|afp|ap photo|epa|shutterstock|imago images|file photo|handout)(?:/.{0,60})?)\s*\)?\.?$",
    re.IGNORECASE,
)
_DATELINE = re.compile(
    r"[A-ZÀ-ŽА-ЯІЇЄҐ][A-ZÀ-ŽА-ЯІЇЄҐ.'’ ,/-]{1,60}(?:\s?\([\w .]{2,30}\))?\s?[:–—-]+|"
    r"[A-ZÀ-ŽА-ЯІЇЄҐ]{3,}[\w .,'’()/-]{0,50}\s?[–—-]+|"
    r"[A-ZÀ-Ž][\w .'’-]{2,40}(?:, [A-Z][\w .'’-]{2,30})?\s?\([A-Z][\w ./]{1,30}\)\s?[–—-]+"
)
_STAMP = re.compile(
    r"^(?:last\s)?(?:updated?|published|posted|modified|first published|created|issued|veröffentlicht|"
    r"aktualisiert|stand|erstellt|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|"
    r"opublikowano|aktualizacja|опубл\w+|оновлено|обновлено)\b",
    re.IGNORECASE,
)
# "Two barges at the lock. (Ada Corvin/Reuters)"
_CAPTIONED = re.compile(
    r"\((?:[^()]{0,60}\b(?:photos?|fotos?|file|images?|pictures?|courtesy|credit|handout|getty|reuters|ap|afp|epa|dpa|"
    r"shutterstock|wikimedia|flickr|public domain|screenshot|youtube|instagram|archivbild|symbolbild)\b[^()]{0,60}|"
    r"[A-Z][\w.'’ -]{2,40}/[A-Z][\w.'’ -]{2,40})\)$",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"(?:—|–|-)?\s*(?:with (?:assistance|reporting|additional reporting|contributions?|files|agencies)\b|"
    r"(?:additional )?reporting (?:by|from)\b|"
    r".{3,200}\bcontributed (?:to this (?:report|story|article|piece)|reporting)\b).{0,200}$",
    re.IGNORECASE,
)
_OFFICES = re.compile(
    r"\b(?:reporter|correspondent|editor|columnist|writer|journalist|producer|contributor|author|professor|fellow|"
    r"director|covers|writes|reports|redakteur\w*|autor\w*|journalist\w*|korrespondent\w*)\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。！？][\"'”’»)\]]*$")


def is_notice(text: str) -> bool:
    """Whether a line is a notice of the site to its visitors: on cookies, rights, subscriptions."""
    return _LETTER.match(text.strip(_MARKS)) is not None or _COOKIES.search(text) is not None


def is_boilerplate(block: Block, title: str | None) -> bool:
    """Whether a line in the article's column is none of its words.

    Invitations to read on, to share, to sign up and to write in; credits of pictures; rights; bylines and stamps of
    time that stand alone; datelines cut from their sentence. A whole line that is a link and no sentence is the
    headline of another article. Only lines that are such as a whole go: a sentence of the article that merely has one
    of these words in it stays.
    """
    text = block.text.removeprefix("- ").strip()
    bare = text.strip(_MARKS)
    if not any(map(str.isalnum, text)):
        return True
    if len(text) > 600 or block.kind == "tr":
        return False
    return (
        _is_promo(block, bare)
        or _SHARE.fullmatch(bare) is not None
        or _is_letter(block, bare)
        or (len(text) < 160 and _CREDIT.match(text) is not None)
        or (len(text) < 250 and _CAPTIONED.search(text) is not None and _CITES.search(text) is None)
        or (len(text) < 300 and _CONTRIBUTED.match(bare) is not None)
        or _is_stamp(block, text)
    )


def trimmed(blocks: list[Block], author: str | None) -> list[Block]:
    """The article's blocks without what hangs on at its ends.

    Above the first and below the last words of their own stand menus, lists of tags and headings of what came off with
    the next part of the page; an article neither begins with a list of links nor ends with one, or with a heading.
    Nor is what a paper says of the author below the article ("… covers energy for the Courier") a part of it.
    """
    start, end = 0, len(blocks)
    while start < end and _is_linked_item(blocks[start]):
        start += 1
    while start < end and (_heads_nothing(blocks[end - 1]) or _is_linked_item(blocks[end - 1])):
        end -= 1
    names = [name for name in (author or "").split("; ") if " " in name]
    while end - start > _ENOUGH and _is_biography(blocks[end - 1].text, names):
        end -= 1
    return blocks[start:end] or blocks


def _is_linked_item(block: Block) -> bool:
    return block.kind == "li" and block.linked >= 0.8 * len(block.bare) and not _SENTENCE_END.search(block.text)


def _heads_nothing(block: Block) -> bool:
    return block.is_heading and not _SENTENCE_END.search(block.text)  # some pages set every paragraph as a heading


def _is_biography(text: str, names: list[str]) -> bool:
    return len(text) < 500 and any(text.startswith(name) for name in names) and _OFFICES.search(text) is not None


_ENOUGH = 3  # blocks
_CITES = re.compile(r"[“\"„«].{20,}[”\"“»]")


def _is_promo(block: Block, bare: str) -> bool:
    if _PROMO.match(bare) is not None and (len(bare) < 250):
        return (
            block.link_share > 0.3
            or block.strong > 0.3 * len(block.text)
            or not _SENTENCE_END.search(bare)
            or bare.isupper()
            or _COLON.search(bare) is not None
        )
    whole_link = block.link_share > 0.9 and block.kind != "li" and not block.quoted
    return whole_link and not _SENTENCE_END.search(bare) and len(bare.split()) >= 3 and not block.is_heading


_COLON = re.compile(r"^[\w’' ]{3,30}:")


def _is_letter(block: Block, bare: str) -> bool:
    if _REUSE.search(bare) and len(bare) < 400:
        return True
    return len(bare) < 350 and _LETTER.match(bare) is not None


def _is_stamp(block: Block, text: str) -> bool:
    """A byline, a day and hour, or a dateline, alone in its line."""
    if len(text) > 160 or (block.is_heading and not _STAMP.match(text)):
        return False
    if _DATELINE.fullmatch(text):
        return True
    if _STAMP.match(text) and (moments(text) or len(text) < 40):
        return True
    if (
        len(text) < 70
        and moments(text)
        and not _SENTENCE_END.search(text)
        and len(re.findall(r"[^\W\d]{3,}", text)) <= 5
    ):
        return True
    return _BYLINE.match(text) is not None and bool(people(text)) and not _SENTENCE_END.search(text)


_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|av|text|story by|written by|reporting by|reported by|edited by|"
    r"editing by|autor(?:in)?:|author:)\s*:?\s+[A-ZÀ-Ž]",
    re.IGNORECASE,
)
