// The clippings room: quotes that were saved, with notes and collections.

import { byId, download, say, tell } from './dom.js';
import { group } from './roving.js';
import { fill, file, html, post } from './server.js';
import { openArticle } from './source.js';

const KINDS = { markdown: 'md', html: 'html', word: 'docx', csv: 'csv' };
let asked = 0;

const does = async (work) => {
  try {
    await work();
  } catch (error) {
    tell(error.message);
  }
};

export const refreshClippings = () => does(async () => {
  if (!byId('clippings')) return;
  const mine = ++asked;
  const told = await html('clippings', { words: byId('find-clipping').value });
  if (mine !== asked) return;
  fill(byId('clippings'), told);
  group(byId('clippings'));
});

const remove = (card) => does(async () => {
  const { clipping } = card.dataset;
  await post('clippings/delete', { clipping });
  await refreshClippings();
  byId('find-clipping').focus();
  say('Clipping deleted.', () => does(async () => {
    await post('clippings/restore', { clipping });
    await refreshClippings();
    say('The clipping is back.');
  }));
});

export const startClippings = () => {
  byId('find-clipping').addEventListener('input', refreshClippings);
  byId('save-clippings').addEventListener('change', (event) => does(async () => {
    const kind = event.target.value;
    event.target.value = '';
    if (!kind) return;
    download(await file('clippings/export', { kind }), `clippings.${KINDS[kind]}`);
    say('Clippings saved.');
  }));
  byId('clippings').addEventListener('submit', (event) => {
    event.preventDefault();
    const card = event.target.closest('[data-clipping]');
    does(async () => {
      await post('clippings/change', { clipping: card.dataset.clipping, ...Object.fromEntries(new FormData(event.target)) });
      await refreshClippings();
      document.querySelector(`[data-clipping="${CSS.escape(card.dataset.clipping)}"] textarea`)?.focus();
      say('Note kept.');
    });
  });
  byId('clippings').addEventListener('click', (event) => {
    const button = event.target.closest('button');
    if (button?.dataset.article) openArticle(button.dataset.article, button);
    else if (button?.dataset.deleteClipping !== undefined) remove(button.closest('[data-clipping]'));
  });
  document.addEventListener('talks:clippings', refreshClippings);
  refreshClippings();
};
