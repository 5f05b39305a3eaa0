// What can be done with an answer: copied, quoted, saved, rated, asked again, looked at in another order.

import { ask, beginConversation, conversation, edit, restore } from './chat.js';
import { byId, narrow, say, tell } from './dom.js';
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

// Cards in the order of the answer, of their dates, or of their papers.
const arrange = (turn, button) => {
  for (const each of button.parentElement.children) each.setAttribute('aria-pressed', String(each === button));
  for (const each of turn.querySelectorAll('.arranged')) each.hidden = each.dataset.view !== button.dataset.view;
  say(`Shown ${button.textContent.toLowerCase()}.`);
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
  } else if (button.dataset.article) openArticle(button.dataset.article, button);
};

// A number says on hover and on focus who says it, where and when: the line under its card.
const hint = (at) => {
  const link = at.closest?.('a.cite');
  if (!link || link.title) return;
  const about = link.closest('.turn')?.querySelector(`.card[data-number="${Number(link.dataset.number)}"]`);
  if (about) link.title = about.dataset.about;
};

export const startAnswers = () => {
  const chat = byId('chat');
  chat.addEventListener('click', (event) => press(event.target, event));
  chat.addEventListener('pointerover', (event) => hint(event.target));
  chat.addEventListener('focusin', (event) => hint(event.target));
  document.addEventListener('talks:ask', (event) => {
    beginConversation();
    ask(event.detail);
  });
};
