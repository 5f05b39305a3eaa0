// Runs once, when the source panel is there. What is pressed inside messages, lists and tables is told to the server
// by the panel's events; the words of an article come from the server, where everything in them has been escaped.

const narrow = window.matchMedia('(max-width: 900px)');
const byId = (id) => document.getElementById(id);
const box = () => document.querySelector('#question textarea, #question input');
let marker = null;

const say = (sentence) => {
  const line = document.querySelector('#status p');
  if (line) line.textContent = sentence;
};

// Who is in, where there are accounts.
byId('visitor').textContent = document.documentElement.dataset.visitor ?? '';

const openSource = async (link) => {
  marker = { link, href: link.getAttribute('href') };
  const reference = link.getAttribute('href').slice('#cite='.length);
  let html = '<p class="gone" id="hit" tabindex="-1">The server does not answer: see whether Talks still runs.</p>';
  try {
    html = await server.passage(reference);
  } catch { /* the sentence above says it */ }
  byId('source-text').innerHTML = html;
  document.body.classList.add('reading');
  cover();
  const hit = byId('hit');
  const view = hit.closest('.article');
  if (view) {
    const [at, frame] = [hit.getBoundingClientRect(), view.getBoundingClientRect()];
    view.scrollTop += at.top - frame.top - Math.max(24, (frame.height - at.height) / 3);
  }
  hit.focus({ preventScroll: true });
  say('Source opened. Escape closes it.');
};

// On a phone the source covers the chat: then nothing behind it may be reached.
const cover = () => {
  const covered = document.body.classList.contains('reading') && narrow.matches;
  for (const id of ['masthead', 'rail', 'talk']) byId(id)?.toggleAttribute('inert', covered);
  document.querySelector('#rooms > .tab-wrapper, #rooms > .tab-container')?.toggleAttribute('inert', covered);
};

const closeSource = () => {
  if (!document.body.classList.contains('reading')) return;
  document.body.classList.remove('reading');
  cover();
  byId('source-text').innerHTML = '';
  const again = marker && (marker.link.isConnected
    ? marker.link : document.querySelector(`#chat a[href="${CSS.escape(marker.href).replaceAll('\\', '\\\\')}"]`));
  (again || box())?.focus();
  marker = null;
};

const asText = (message) => {
  const copy = message.cloneNode(true);
  copy.querySelectorAll('.unseen, .acts, .ideas, .more, .working').forEach((each) => each.remove());
  copy.querySelectorAll('.cite').forEach((each) => each.replaceWith(`[${each.textContent.trim()}]`));
  copy.querySelectorAll('p, li').forEach((each) => each.append('\n'));
  copy.querySelectorAll('blockquote, ul, .label').forEach((each) => each.append('\n'));
  copy.querySelectorAll('br').forEach((each) => each.replaceWith('\n'));
  return copy.textContent.replaceAll(/[ \t]+/g, ' ').replaceAll(/\n{3,}/g, '\n\n').trim();
};

const copyAnswer = async (link) => {
  const message = link.closest('.acts').parentElement.querySelector('.answer, .refusal');
  try {
    await navigator.clipboard.writeText(asText(message));
    say('Answer copied.');
  } catch {
    say('The browser does not let the page copy: mark the answer and copy it yourself.');
  }
};

const pressInChat = (link) => {
  const href = link.getAttribute('href');
  if (href.startsWith('#cite=')) openSource(link);
  else if (href === '#ask') {
    trigger('ask', { question: link.textContent });
    if (!narrow.matches) box()?.focus();
  } else if (href.startsWith('#act=')) {
    const [name, place] = href.slice('#act='.length).split('.');
    if (name === 'copy') copyAnswer(link);
    else trigger('act', { name, place: Number(place) });
    if (name === 'edit' || name === 'undo' || (name === 'retry' && !narrow.matches)) box()?.focus();
  }
};

// On a phone conversations and filters hide behind a button, and give way again once one of them was chosen.
const showRail = (open) => {
  document.body.classList.toggle('rail-open', open);
  byId('rail-toggle').setAttribute('aria-expanded', String(open));
};

const askFirst = (button, sure) => {
  button.hidden = sure;
  button.nextElementSibling.hidden = !sure;
  (sure ? button.nextElementSibling.querySelector('[data-keep]') : button).focus();
};

document.addEventListener('click', (event) => {
  const at = event.target instanceof Element ? event.target : event.target.parentElement;
  const link = at?.closest('#chat a[href^="#"]');
  if (link) {
    event.preventDefault();
    event.stopPropagation();
    pressInChat(link);
    return;
  }
  const button = at?.closest('button');
  if (!button) return;
  if (button.id === 'close-source') closeSource();
  else if (button.id === 'rail-toggle') {
    const elsewhere = !byId('desk').offsetParent;
    if (elsewhere) document.querySelector('#rooms [role="tab"]').click();
    showRail(elsewhere || !document.body.classList.contains('rail-open'));
  } else if (button.id === 'begin') showRail(false);
  else if (button.dataset.open) {
    trigger('open', { conversation: button.dataset.open });
    showRail(false);
  }
  else if (button.dataset.remove !== undefined) askFirst(button, true);
  else if (button.dataset.keep !== undefined) askFirst(button.parentElement.previousElementSibling, false);
  else if (button.dataset.removeNow) {
    removing = [...document.querySelectorAll('#library tbody tr')].indexOf(button.closest('tr'));
    trigger('remove', { article: button.dataset.removeNow });
  }
}, true);

document.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') closeSource();
  if (event.key === ' ' && event.target.matches?.('#chat a[role="button"]')) {
    event.preventDefault();
    event.target.click();
  }
});
narrow.addEventListener('change', cover);

window.talks = {
  // Ask before something is gone for good: the first button gives way to the second, until it loses the focus.
  sure(first, second) {
    const [ask, now] = [document.querySelector(first), document.querySelector(second)];
    ask.classList.add('asked');
    now.classList.add('asked');
    now.focus();
    const back = () => { ask.classList.remove('asked'); now.classList.remove('asked'); };
    now.addEventListener('blur', () => setTimeout(back, 150), { once: true });
  },
  save(text) {
    if (!text) return;
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/markdown' }));
    link.download = 'conversation.md';
    link.click();
    URL.revokeObjectURL(link.href);
    say('Conversation saved as Markdown.');
  },
};

// The chat takes what the masthead and the tabs leave of the window, however they wrap.
const measure = () => {
  const desk = byId('desk');
  if (desk?.offsetParent) {
    const above = desk.getBoundingClientRect().top + window.scrollY;
    document.documentElement.style.setProperty('--above', `${Math.ceil(above)}px`);
  }
};
new ResizeObserver(measure).observe(byId('masthead'));
measure();

// The button that was pressed goes with its row: whoever goes by the keyboard is then at the next one, or at the search.
let removing = -1;
const keepPlace = () => {
  if (removing < 0 || document.activeElement !== document.body) return;
  const rows = document.querySelectorAll('#library tbody tr');
  const next = rows[Math.min(removing, rows.length - 1)]?.querySelector('[data-remove]');
  (next ?? document.querySelector('#find textarea, #find input'))?.focus();
  removing = -1;
};
new MutationObserver(keepPlace).observe(document.body, { subtree: true, childList: true });

// Gradio names each message by its raw HTML, which nobody wants to hear; and parts of the page come when they like.
const named = '#chat [data-testid="user"][aria-label], #chat [data-testid="bot"][aria-label]';
const settle = () => {
  document.querySelectorAll(named).forEach((each) => each.removeAttribute('aria-label'));
  for (const [id, role] of [['status', 'status'], ['notice', 'alert']]) {
    const part = byId(id);
    if (part && !part.hasAttribute('role')) part.setAttribute('role', role);
  }
};

// A new question moves to the top of the chat and stays there while it is answered, unless the reader scrolls.
let rows = 0;
let following = false;
const follow = () => {
  const questions = document.querySelectorAll('#chat .user-row');
  if (questions.length !== rows) following = questions.length > 0;
  rows = questions.length;
  if (!following) return;
  const last = questions[rows - 1];
  const view = last.closest('.panel-wrap, .bubble-wrap');
  view.scrollTop += last.getBoundingClientRect().top - view.getBoundingClientRect().top;
  following = !document.querySelector('#chat .bot-row:last-of-type .acts');
};
for (const move of ['wheel', 'touchmove']) document.addEventListener(move, () => { following = false; }, { passive: true });
const settled = () => { settle(); follow(); };
new MutationObserver(settled).observe(byId('desk'), { subtree: true, childList: true, attributeFilter: ['aria-label'] });
settled();
