// The panel beside the page: an article with the cited words marked, or a whole one to read.

import { byId, hush, make, narrow, say } from './dom.js';
import { address, here } from './reader.js';
import { AWAY, fill, html } from './server.js';

let marker = null; // what was pressed to open it: focus returns there
let shown = '';

const reading = () => document.body.classList.contains('reading');
const referenceOf = (link) => link.getAttribute('href').slice('#cite='.length);

const markerOf = (reference) => [...document.querySelectorAll('#log a.cite')].find((each) => referenceOf(each) === reference);

// The numbers of one answer, one after another; each words only once.
const along = (reference) => {
  const link = markerOf(reference);
  const turn = (marker?.isConnected ? marker : link)?.closest('.turn');
  const all = turn ? [...turn.querySelectorAll('a.cite')].map(referenceOf) : [];
  return [...new Set(all)];
};

// On a phone the source covers the page: then nothing behind it may be reached.
const cover = () => {
  const covered = reading() && narrow.matches;
  for (const id of ['masthead', 'rooms', 'foot']) byId(id)?.toggleAttribute('inert', covered);
};

const markOpen = (reference) => {
  for (const each of document.querySelectorAll('a.cite[aria-current]')) each.removeAttribute('aria-current');
  if (!reference) return;
  for (const each of document.querySelectorAll('#log a.cite')) {
    if (referenceOf(each) === reference) each.setAttribute('aria-current', 'true');
  }
};

const showHit = () => {
  const hit = byId('hit') ?? byId('source-text').querySelector('.headline');
  const view = hit?.closest('.article');
  if (view) {
    const [at, frame] = [hit.getBoundingClientRect(), view.getBoundingClientRect()];
    view.scrollTop += at.top - frame.top - Math.max(24, (frame.height - at.height) / 3);
  }
  hit?.focus({ preventScroll: true });
};

const steps = (all, reference) => {
  const [bar, at] = [byId('steps'), all.indexOf(reference)];
  bar.hidden = all.length < 2 || at < 0;
  byId('step').textContent = `${at + 1} of ${all.length}`;
  for (const [id, move] of [['previous-source', -1], ['next-source', 1]]) {
    const [button, to] = [byId(id), all[at + move]];
    button.disabled = to === undefined;
    button.dataset.to = to ?? '';
  }
};

const gone = (sentence) => {
  byId('source-text').replaceChildren(make('p', { className: 'gone', id: 'hit', tabIndex: -1, textContent: sentence }));
};

const show = async (key, path, values) => {
  shown = key;
  let said = 'Source opened. Escape closes it.';
  try {
    const told = await html(path, values);
    if (shown !== key) return;
    fill(byId('source-text'), told);
  } catch (error) {
    if (shown !== key) return;
    said = error.message || AWAY;
    gone(said);
  }
  document.body.classList.add('reading');
  cover();
  showHit();
  say(said);
};

// Back on the browser closes what was opened: so opening is a step in its history.
const step = (values) => {
  const [state, to] = [{ ...history.state, source: true }, address({ conversation: here().conversation, ...values })];
  if (reading()) history.replaceState(history.state?.source ? state : history.state, '', to);
  else history.pushState(state, '', to);
};

export const openSource = async (reference, pressed = null, { stepped = true } = {}) => {
  if (pressed) marker = pressed;
  if (stepped) step({ cite: reference });
  const all = along(reference);
  markOpen(reference);
  steps(all, reference);
  await show(`cite ${reference}`, 'source', { reference, other: all.filter((each) => each !== reference) });
};

export const openArticle = async (article, pressed = null, { stepped = true } = {}) => {
  if (pressed) marker = pressed;
  if (stepped) step({ article });
  markOpen('');
  steps([], '');
  await show(`article ${article}`, 'article', { id: article });
};

const put = () => {
  document.body.classList.remove('reading');
  shown = '';
  cover();
  markOpen('');
  byId('source-text').replaceChildren();
};

// Closes the panel; the address bar and the focus go back to where they were.
export const closeSource = ({ focus = true, stepped = true } = {}) => {
  if (!reading()) return false;
  const wasCited = here().cite;
  put();
  if (stepped && history.state?.source) history.back();
  else history.replaceState(history.state, '', address({ conversation: here().conversation }));
  if (focus) {
    hush();
    const again = wasCited && markerOf(wasCited);
    const to = marker?.isConnected && marker.offsetParent ? marker : again || byId('box');
    to?.focus();
  }
  marker = null;
  return true;
};

export const startSource = () => {
  byId('close-source').addEventListener('click', () => closeSource());
  for (const id of ['previous-source', 'next-source']) {
    byId(id).addEventListener('click', (event) => {
      const reference = event.currentTarget.dataset.to;
      marker = markerOf(reference) ?? marker;
      openSource(reference);
    });
  }
  window.addEventListener('popstate', () => {
    const { cite, article } = here();
    if (cite) openSource(cite, null, { stepped: false });
    else if (article) openArticle(article, null, { stepped: false });
    else if (reading()) closeSource({ stepped: false });
  });
  narrow.addEventListener('change', cover);
};
