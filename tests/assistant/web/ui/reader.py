"""A reader at the page: what a person does and sees there, in the words of the tests."""

import re
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Locator, Page, Request, expect

READY, ANSWERED, REFUSED = "Ready for questions.", "Answer ready.", "Answer ready: the articles do not say."


@dataclass
class Reader:
    """The page in a browser, and whatever went wrong in it."""

    page: Page
    url: str
    wrongs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("pageerror", lambda error: self.wrongs.append(f"page error: {error}"))
        self.page.on("console", self._heard)
        self.page.on("request", self._requested)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrongs.append(f"console: {message.text}")

    def _requested(self, request: Request) -> None:
        if not request.url.startswith((self.url, "data:", f"blob:{self.url}")):
            self.wrongs.append(f"a request that leaves the host: {request.url}")

    def arrive(self) -> "Reader":
        self.page.goto(self.url)
        self.says(READY)
        expect(self.page.locator("#chat .welcome:visible, #chat .user-row:visible").first).to_be_visible()
        return self

    def says(self, status: str | re.Pattern[str]) -> None:
        expect(self.page.locator("#status p")).to_have_text(status, timeout=60_000)

    @property
    def box(self) -> Locator:
        return self.page.get_by_label("Your question")

    @property
    def chat(self) -> Locator:
        return self.page.locator("#chat")

    @property
    def answer(self) -> Locator:
        """The last answer."""
        return self.chat.locator(".bot-row").last

    @property
    def source(self) -> Locator:
        return self.page.get_by_role("region", name="Source")

    @property
    def hit(self) -> Locator:
        return self.page.locator("#hit")

    def marker(self, number: int = 1) -> Locator:
        return self.answer.get_by_role("link", name=f"source {number}", exact=True).first  # or that of the short answer

    def ask(self, question: str, status: str = ANSWERED) -> None:
        self.box.fill(question)
        self.box.press("Enter")
        self.question_stands(question)
        self.says(status)

    def question_stands(self, question: str) -> None:
        expect(self.chat.locator(".question").last).to_contain_text(question)

    def act(self, name: str) -> Locator:
        """What can be done about the last answer."""
        return self.answer.get_by_role("button", name=name, exact=True)

    def go_to(self, room: str) -> None:
        self.page.get_by_role("tab", name=room).click()

    def only(self, paper: str, list: str = "Only") -> None:
        """Narrow the search to a paper, or hide it."""
        self.page.get_by_label("Publisher", exact=True).first.fill(paper)
        button = self.page.locator("#papers").get_by_role("button", name=f"{list} {paper}", exact=True)
        button.click()
        expect(button).to_have_attribute("aria-pressed", "true")

    @property
    def editing(self) -> Locator:
        """The banner that says what an edit will do."""
        return self.page.locator("#editing")

    @property
    def library(self) -> Locator:
        return self.page.locator("#library table")

    @property
    def work(self) -> Locator:
        """How adding, removing and rebuilding goes."""
        return self.page.locator("#work")

    def paste(self, title: str, text: str, publisher: str = "", published: str = "") -> None:
        self.unfold()
        self.page.get_by_label("Title", exact=True).fill(title)
        self.page.locator("#pasted-publisher").get_by_label("Publisher").fill(publisher)
        self.page.get_by_label("Date", exact=True).fill(published)
        self.page.get_by_label("Text", exact=True).fill(text)
        self.page.get_by_role("button", name="Add the text").click()

    def unfold(self) -> None:
        """Come to the articles, and open what adds to them."""
        self.go_to("Articles")
        if not self.page.get_by_role("button", name="Add the text").is_visible():
            self.page.get_by_role("button", name="Add articles").click()
        expect(self.page.get_by_role("button", name="Add the text")).to_be_visible()

    def remove(self, title: str) -> None:
        self.go_to("Articles")
        self.page.get_by_role("button", name=f"Remove {title}").click()
        self.page.get_by_role("button", name="Yes, remove").locator("visible=true").click()
        expect(self.library.get_by_text(title)).to_have_count(0)
