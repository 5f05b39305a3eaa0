// What can be done with an answer: copied, quoted, saved, rated, asked again, looked at in another order.

import { ask, beginConversation, conversation, edit, restore } from './chat.js';
import { byId, make, narrow, say, tell } from './dom.js';
import { everywhere } from './filters.js';
import { post } from './server.js';
import { openArticle, openSource } from './source.js';

const asText = (message) => {
  const copy = message.cloneNode(true);
  copy.querySelectorAll('.unseen, .acts, .ideas, .more, .working, .card-acts, .views, .short, .searched, .read-as')
    .forEach((each) => each.remove());
  copy.querySelectorAll('.cite').forEach((each) => each.replaceWith(`[${each.textContent.trim()}]`));
  copy.querySelectorAll('p, li, figcaption').forEach((each) => each.append('\n'));
  copy.querySelectorAll('blockquote, ul, .label').forEach((each) => each.append('\n'));
  copy.querySelectorAll('br').forEach((each) => each.replaceWith('\n'));
  return copy.textContent.replaceAll(/[ \t]+/g, ' ').replaceAll(/\n{3,}/g, '\n\n').trim();
};

const copyText = async (text, said) => {
  try {
    await navigator.clipboard.writeText(text);
    say(said);
  } catch {
    say('The browser does not let the page copy: mark the words and copy them yourself.');
  }
};

const rate = async (turn, button, liked) => {
  const chosen = button.getAttribute('aria-pressed') === 'true';
  try {
    const place = Number(turn.dataset.place);
    await post('rate', { conversation: conversation(), place, liked: chosen ? null : liked });
    for (const each of turn.querySelectorAll('[data-act="like"], [data-act="dislike"]')) {
      each.setAttribute('aria-pressed', String(each === button && !chosen));
    }
    say(chosen ? 'Taken back.' : 'Thank you.');
  } catch (error) {
    tell(error.message);
  }
};

const save = async (card) => {
  try {
    const question = card.closest('.turn')?.dataset.question ?? '';
    await post('clippings/save', { reference: card.dataset.reference, speaker: card.dataset.speaker ?? '', question });
    say('Saved to Clippings.');
    document.dispatchEvent(new CustomEvent('talks:clippings'));
  } catch (error) {
    tell(error.message);
  }
};

const given = new WeakMap(); // the parts of an answer as they came

// Cards in the order of the answer, of their dates, or of their papers: each group under its heading, papers side by
// side where there is room.
const arrange = (turn, button) => {
  for (const each of button.parentElement.children) each.setAttribute('aria-pressed', String(each === button));
  const holder = turn.querySelector('.cards');
  if (!given.has(holder)) given.set(holder, [...holder.childNodes]);
  const { view } = button.dataset;
  holder.classList.toggle('beside', view === 'paper');
  if (view === 'best') {
    for (const each of given.get(holder)) if (each.matches?.('.weaker')) each.append(...turn.querySelectorAll('.card.weak'));
    holder.replaceChildren(...given.get(holder));
  } else {
    for (const each of holder.querySelectorAll('.weaker .card')) each.classList.add('weak');
    const cards = [...holder.querySelectorAll('.card')];
    const label = (card) => (view === 'date' ? card.dataset.day || 'Without a date' : card.dataset.paper || 'Without a paper');
    const key = (card) => (view === 'date' ? card.dataset.date || '9999' : (card.dataset.paper || '\uffff').toLowerCase());
    cards.sort((one, other) => key(one).localeCompare(key(other)) || Number(one.dataset.number) - Number(other.dataset.number));
    const groups = [];
    for (const [at, card] of cards.entries()) {
      if (!at || label(cards[at - 1]) !== label(card)) {
        groups.push(make('div', {}, make('h3', { className: 'section', dir: 'auto', textContent: label(card) })));
      }
      groups.at(-1).append(card);
    }
    holder.replaceChildren(...groups);
  }
  say(`Shown: ${button.textContent.toLowerCase()}.`);
};

const acts = {
  copy: (turn) => copyText(asText(turn.querySelector('.answer, .refusal')), 'Answer copied.'),
  quote: (turn, button) => copyText(button.closest('[data-copy]').dataset.copy, 'Quote copied.'),
  save: (turn, button) => save(button.closest('[data-reference]')),
  like: (turn, button) => rate(turn, button, true),
  dislike: (turn, button) => rate(turn, button, false),
  edit: (turn) => edit(Number(turn.dataset.place)),
  retry: (turn) => ask(turn.dataset.question, { place: Number(turn.dataset.place) }),
  restore: (turn) => restore(Number(turn.dataset.place)),
  everywhere: (turn) => {
    everywhere();
    ask(turn.dataset.question);
  },
  alone: (turn) => ask(turn.dataset.question, { place: Number(turn.dataset.place), alone: true }),
  view: (turn, button) => arrange(turn, button),
};

const press = (at, event) => {
  const link = at.closest('a[href^="#cite="]');
  if (link) {
    event.preventDefault();
    openSource(link.getAttribute('href').slice('#cite='.length), link);
    return;
  }
  const button = at.closest('button');
  if (!button) return;
  const turn = button.closest('.turn');
  if (button.dataset.act && turn) acts[button.dataset.act]?.(turn, button);
  else if (button.dataset.ask !== undefined) {
    ask(button.textContent);
    if (!narrow.matches) byId('box').focus();
  } else if (button.dataset.person) document.dispatchEvent(new CustomEvent('talks:person', { detail: button.dataset.person }));
  else if (button.dataset.article) openArticle(button.dataset.article, button);
};

// A number says on hover and on focus who says it, where and when; Escape or going on takes that away.
const hint = (at) => {
  const [link, box] = [at?.closest?.('a.cite[data-about]'), byId('hint')];
  box.hidden = !link;
  for (const each of document.querySelectorAll('a.cite[aria-describedby]')) each.removeAttribute('aria-describedby');
  if (!link) return;
  box.textContent = link.dataset.about;
  link.setAttribute('aria-describedby', 'hint');
  const place = link.getBoundingClientRect();
  box.style.left = `${Math.max(8, Math.min(place.left, window.innerWidth - box.offsetWidth - 8))}px`;
  box.style.top = `${place.top > box.offsetHeight + 12 ? place.top - box.offsetHeight - 6 : place.bottom + 6}px`;
};

// What is pressed at a quote that stands elsewhere than in an answer.
export const cardPress = (event) => press(event.target, event);

export const startAnswers = () => {
  const chat = byId('chat');
  chat.addEventListener('click', (event) => press(event.target, event));
  for (const name of ['pointerover', 'focusin']) document.addEventListener(name, (event) => hint(event.target));
  document.addEventListener('keydown', (event) => event.key === 'Escape' && hint(null));
  document.addEventListener('talks:ask', (event) => {
    beginConversation();
    ask(event.detail);
  });
};
