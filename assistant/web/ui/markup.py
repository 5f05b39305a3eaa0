"""Static HTML: the frame of the page and of its rooms, which scripts fill; nothing in it is anybody's text."""

MASTHEAD = """
<header><h1 dir="auto">{title}</h1><p class="motto">What the articles say, in their own words</p>
<a class="skip" href="#box">Skip to the question box</a>
<button type="button" id="rail-toggle" aria-expanded="false" aria-controls="rail">Conversations and filters</button>
<form method="post" action="logout" id="leave"><span id="visitor"></span> <button>Log out</button></form></header>
"""

_RAIL = """
<aside id="rail" aria-label="Conversations and filters">
<h2>Conversations</h2>
<button type="button" id="begin">New conversation</button>
<label class="field" hidden><span>Find in conversations</span><input type="search" id="find-conversation"></label>
<div id="past" data-group></div>
<div id="current" hidden>
  <div class="row"><button type="button" id="rename" aria-expanded="false" aria-controls="renaming">Rename</button>
  <button type="button" id="pin" aria-pressed="false">Pin</button>
  <button type="button" id="print">Print</button>
  <button type="button" id="delete">Delete</button></div>
  <form id="renaming" hidden><label class="field"><span>New title</span>
    <input type="text" id="new-title" maxlength="80" required></label>
    <div class="row"><button>Rename it</button><button type="button" id="cancel-rename">Leave it</button></div></form>
  <label class="field"><span>Save the conversation as</span><select id="save-as"><option value="">choose…</option>
    <option value="markdown">Markdown</option><option value="html">HTML</option><option value="word">Word</option>
    <option value="csv">CSV of its quotes</option></select></label>
</div>
<h2>Search only in</h2>
<label class="field"><span>Publisher</span><input type="search" id="find-paper" autocomplete="off"></label>
<ul id="papers" data-group></ul><p class="remark" id="papers-left"></p>
<label class="day"><span>From</span><input type="date" id="after-day" name="after"></label>
<label class="day"><span>To</span><input type="date" id="before-day" name="before"></label>
</aside>
"""

_TALK = """
<section id="talk" aria-label="Questions and answers">
<div id="chat"><div id="view" role="region" aria-label="Conversation" tabindex="0">
  <div id="welcome"></div><div id="log" class="message-wrap"></div></div></div>
<div id="editing" hidden><p id="editing-what"></p><button type="button" id="cancel-edit">Cancel</button></div>
<div id="chips" role="group" aria-label="Filters of the search" hidden></div>
<form id="composer"><label class="unseen" for="box">Your question</label>
  <textarea id="box" rows="1" maxlength="4000" placeholder="{placeholder}" dir="auto"></textarea>
  <button id="ask-button">Ask</button><button type="button" id="stop-button" hidden>Stop</button></form>
</section>
"""

DESK = f'<div id="desk">{_RAIL}{_TALK}</div>'

PANEL = """
<section aria-label="Source" id="panel"><div class="panel-head"><h2 class="label">Source</h2>
<div id="steps" hidden><button type="button" id="previous-source">Previous</button>
<span id="step" aria-live="polite"></span><button type="button" id="next-source">Next</button></div>
<button type="button" id="close-source">Close<span class="unseen"> the source</span></button></div>
<div id="source-text"></div></section>
"""

FOOT = """
<div id="foot"><div id="notice" role="alert"></div>
<div class="foot-line"><div id="status" role="status"><p>Loading the page…</p></div>
<button type="button" id="undo" hidden>Undo</button></div></div>
<div id="hint" role="tooltip" hidden></div>
"""

LIBRARY_HEAD = """
<div class="room-head"><h2>Articles</h2>
<label class="field"><span>Find by title or publisher</span><input type="search" id="find"></label></div>
"""

LIBRARY = """
<button type="button" id="dismiss" hidden>Dismiss these results</button>
<div id="bulk" hidden><span id="bulk-count"></span>
<button type="button" id="bulk-export">Export as CSV</button>
<button type="button" id="bulk-remove" class="for-editors">Remove</button></div>
<div id="library"></div>
"""

PEOPLE = """
<div class="room"><div class="room-head"><h2>People</h2>
<label class="field"><span>Find a person</span><input type="search" id="find-person"></label></div>
<div class="two"><div id="people" tabindex="0" role="region" aria-label="Everybody who speaks"></div>
<p class="remark" id="nobody">Press a name to read all that its bearer says.</p>
<div id="person" hidden><form id="person-filters"><div class="row">
  <label class="field"><span>About</span><input type="search" name="about"></label>
  <label class="field"><span>Paper</span><input type="search" name="publisher"></label>
  <label class="field"><span>From day</span><input type="date" name="after"></label>
  <label class="field"><span>To day</span><input type="date" name="before"></label>
  <button>Show these</button><button type="button" id="person-csv">Save as CSV</button></div></form>
<div id="statements"></div></div></div></div>
"""

CLIPPINGS = """
<div class="room"><div class="room-head"><h2>Clippings</h2>
<label class="field"><span>Find in clippings</span><input type="search" id="find-clipping"></label>
<label class="field"><span>Save all as</span><select id="save-clippings"><option value="">choose…</option>
  <option value="markdown">Markdown</option><option value="html">HTML</option><option value="word">Word</option>
  <option value="csv">CSV</option></select></label></div>
<div id="clippings"></div></div>
"""
