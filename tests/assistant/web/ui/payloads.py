"""What a hostile article, question, title or answer may hold. None of it may run, be fetched, or look like the page."""

#: Nobody answers here; a request to it fails the test.
AWAY = "http://away.example"

SCRIPTS = [
    "<script>document.title = 'run'</script>",
    "<img src=x onerror=\"document.title = 'run'\">",
    "<svg onload=\"document.title = 'run'\"></svg>",
    "<details open ontoggle=\"document.title = 'run'\">x</details>",
    "<iframe srcdoc=\"<script>parent.document.title = 'run'</script>\"></iframe>",
    "</p></blockquote></div><script>document.title = 'run'</script>",
    "<math><mtext><script>document.title = 'run'</script></mtext></math>",
    '<a href="javascript:document.title=1">press me</a>',
    "[press me](javascript:document.title=1)",
    "<noscript><p title=\"</noscript><img src=x onerror=document.title='run'>\">",
]
TEMPLATES = [
    "${document.title = 'run'}",
    "`${document.title = 'run'}`",
    "{{document.title}}",
    "{{#each value}}{{this}}{{/each}}",
    "{{{value}}}",
    "@children",
    "<%= document.title %>",
]
IMAGES = [
    f"![a picture]({AWAY}/markdown.png)",
    f"[![a picture]({AWAY}/linked.png)]({AWAY}/)",
    f'<img src="{AWAY}/html.png">',
    f'<img srcset="{AWAY}/set.png 2x">',
    f'<svg><image href="{AWAY}/svg.png"/></svg>',
    f'<svg><use href="{AWAY}/use.svg#x"/></svg>',
    f'<p style="background: url({AWAY}/css.png)">styled</p>',
    f"<style>body {{ background: url({AWAY}/sheet.png) }}</style>",
    f'<link rel="stylesheet" href="{AWAY}/sheet.css">',
    f'<video src="{AWAY}/v.mp4" poster="{AWAY}/poster.png"></video>',
    f'<object data="{AWAY}/o.svg"></object>',
]
FORMS = [
    f'<form action="{AWAY}"><input name="word"><button>Send</button></form>',
    '<div style="position: fixed; inset: 0; background: red">over everything</div>',
    '<input type="password" placeholder="Your password">',
]
ADDRESSES = [
    f"See {AWAY}/bare and www.away.example and mailto:a@away.example.",
    f"<{AWAY}/angle>",
    f"[a reference][1]\n\n[1]: {AWAY}/reference",
    '<a class="cite" href="#cite=forged.0.1.000000000000">9</a>',
    '<a role="button" href="#act=undo.0">Take back</a>',
]
UNSEEN = [
    "The treaty was \u202edengis\u202c on Monday.",
    "pay\u200bpal and ad\u00admin and \u2066left\u2069 and \ufeffmark",
    "tagged \U000e0041\U000e0042 letters",
]
MARKDOWN = [
    "# A heading that shouts",
    "**bold** _slanted_ ~~struck~~ `code`",
    "```mermaid\ngraph TD; A-->B;\n```",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "- [x] a task",
    "$$\\href{javascript:document.title=1}{x}$$ and $\\frac{1}{2}$ and \\(x\\)",
    "&lt;script&gt; and &#60;b&#62; and &nbsp;",
    "[1] and [2] and [99]",
    "<thinking>hidden</thinking>",
]

ALL = [*SCRIPTS, *TEMPLATES, *IMAGES, *FORMS, *ADDRESSES, *UNSEEN, *MARKDOWN]

#: Elements that no text of an article, question or answer may bring into the page.
FORBIDDEN = (
    "script, img, svg, iframe, form, input, style, link, video, object, details, math, noscript, table, h1, code, em"
)
