// The conversation: a question goes to the server, and its answer takes its place below the others.

import { byId, make, narrow, plural, say, tell } from './dom.js';
import { chosenFilters } from './filters.js';
import { here, moveTo } from './reader.js';
import { group } from './roving.js';
import { AWAY, fill, html, post } from './server.js';
import { closeSource } from './source.js';
import { leave, onScreen, send } from './wire.js';

const PATIENCE = 30_000; // milliseconds until the first word from the server

let busy = false;
let editing = null; // { place, later, before }: the question that the next one replaces
let waiting = 0;
let asking = '';
let wayBack = null; // undoes what led to the conversation that is about to open
const answered = [];

const log = () => byId('log');
const box = () => byId('box');
const turns = () => [...log().children].filter((each) => each.classList.contains('turn'));

export const onAnswer = (done) => answered.push(done);
export const conversation = () => here().conversation;

const setBusy = (now) => {
  busy = now;
  byId('ask-button').hidden = now;
  byId('stop-button').hidden = !now;
};

const setTurn = (place, element) => {
  const there = turns()[place];
  if (there) there.replaceWith(element);
  else log().append(element);
};

const keepTurns = (count) => {
  for (const each of turns().slice(count)) each.remove();
};

// Only what has changed is looked at again, `fresh` turns and the last two: a long conversation costs no more.
const settle = (fresh = []) => {
  const all = turns();
  byId('welcome').hidden = all.length > 0;
  all.forEach((each, place) => each.classList.toggle('last', place === all.length - 1));
  for (const each of new Set([...fresh, ...all.slice(-2)])) group(each);
  byId('current').hidden = !conversation();
};

// What is asked stands there at once, before the server has heard of it.
const pending = (question) => {
  const heading = make('h2', { className: 'question', dir: 'auto' });
  heading.append(make('span', { className: 'unseen', textContent: 'You asked: ' }), question);
  const asked = make('div', { className: 'user-row' }, heading);
  const answer = make('div', { className: 'bot-row' }, make('p', { className: 'working', textContent: 'Searching the articles…' }));
  return make('section', { className: 'turn' }, asked, answer);
};

const toTop = (turn) => {
  const view = byId('view');
  view.scrollTop += turn.getBoundingClientRect().top - view.getBoundingClientRect().top;
};

const paint = (screen) => {
  clearTimeout(waiting);
  if (screen.conversation !== undefined && screen.conversation !== conversation()) moveTo(screen.conversation);
  const fresh = [];
  if (screen.turns) {
    const base = screen.base ?? 0;
    screen.turns.forEach((told, at) => {
      const holder = make('div');
      fill(holder, told);
      fresh.push(holder.firstElementChild);
      setTurn(base + at, holder.firstElementChild);
    });
    keepTurns(base + screen.turns.length);
  }
  if (screen.box !== undefined) box().value = screen.box;
  if (screen.busy !== undefined) setBusy(screen.busy);
  if (screen.notice !== undefined) tell(screen.notice);
  settle(fresh);
  if (screen.status !== undefined) {
    say(screen.status, screen.restorable !== undefined ? () => restore(screen.restorable) : wayBack);
    wayBack = null;
  }
  if (screen.done) for (const done of answered) done();
};

// A question that nobody answers stands in the box again; what was told of its answer stays where it is.
const takeBack = (sentence) => {
  clearTimeout(waiting);
  if (!busy) return;
  leave();
  const last = turns().at(-1);
  if (last?.querySelector('.answer')) last.querySelector('.working')?.remove();
  else if (!last?.dataset.place) keepTurns(turns().length - 1);
  setBusy(false);
  if (!box().value) box().value = asking;
  if (sentence) tell(sentence);
  say('');
  settle();
};

export const ask = (question, { place = -1, filters = chosenFilters(), alone = false } = {}) => {
  const asked = question.trim();
  if (!asked) {
    say('Write a question first.');
    return;
  }
  tell('');
  const turn = pending(asked);
  if (place >= 0) keepTurns(place);
  log().append(turn);
  setBusy(true);
  settle();
  toTop(turn);
  say('Searching the articles…');
  asking = asked;
  waiting = setTimeout(() => takeBack(AWAY), PATIENCE);
  send('ask', { question: asked, conversation: conversation(), replacing: place, filters, alone });
};

const stopEditing = ({ restore: back = true } = {}) => {
  if (!editing) return false;
  if (back) box().value = editing.before;
  editing = null;
  byId('editing').hidden = true;
  return true;
};

export const edit = (place) => {
  const turn = turns()[place];
  if (!turn || busy) return;
  const [later, before] = [turns().length - place - 1, editing ? editing.before : box().value];
  editing = { place, before };
  box().value = turn.dataset.question;
  byId('editing-what').textContent = later
    ? `Editing question ${place + 1}: ${plural(later, 'later answer', 'later answers')} will go.`
    : `Editing question ${place + 1}: its answer will be replaced.`;
  byId('editing').hidden = false;
  box().focus();
  say(byId('editing-what').textContent);
};

const submit = () => {
  if (busy) return;
  const [question, place] = [box().value, editing?.place ?? -1];
  if (question.trim()) {
    stopEditing({ restore: false });
    box().value = '';
  }
  ask(question, { place });
};

// What an edit replaced comes back, and what was asked in its place is kept instead.
export const restore = async (place) => {
  try {
    await post('restore', { conversation: conversation(), place });
    openConversation(conversation(), 'The answers from before are back.');
  } catch (error) {
    tell(error.message);
  }
};

export const openConversation = (id, said = '', undo = null) => {
  wayBack = undo;
  closeSource({ focus: false, stepped: false });
  stopEditing();
  tell('');
  setBusy(false);
  moveTo(id);
  keepTurns(0);
  settle();
  waiting = setTimeout(() => tell(AWAY), PATIENCE);
  send('arrive', { conversation: id, said });
};

export const beginConversation = () => {
  openConversation('');
  box().focus();
};

export const showWelcome = async () => {
  try {
    fill(byId('welcome'), await html('welcome'));
    group(byId('welcome'));
  } catch { /* the page says elsewhere that the server is away */ }
};

export const startChat = () => {
  onScreen(paint);
  document.addEventListener('talks:refused', () => takeBack(''));
  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    submit();
  });
  box().addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      submit();
    }
  });
  byId('stop-button').addEventListener('click', () => send('halt', { conversation: conversation() }, { fresh: false }));
  byId('cancel-edit').addEventListener('click', () => cancelEdit());
  if (!narrow.matches) box().focus();
};

export const cancelEdit = () => {
  if (!stopEditing()) return false;
  say('Nothing was changed.');
  box().focus();
  return true;
};
