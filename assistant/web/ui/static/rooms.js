// The other rooms: the articles of the library, how adding to it goes, and what an open article offers.

import { refreshClippings, startClippings } from './clippings.js';
import { byId, download, hush, make, plural, say, tell } from './dom.js';
import { refreshPapers } from './filters.js';
import { openPerson, startPeople } from './people.js';
import { address } from './reader.js';
import { group } from './roving.js';
import { fill, file, html, post } from './server.js';
import { closeSource, openArticle } from './source.js';

const shown = { words: '', order: 'newest', page: 1 };
let asked = 0;

const does = async (work) => {
  try {
    tell('');
    await work();
  } catch (error) {
    tell(error.message);
    say('');
  }
};

const ticked = () => [...document.querySelectorAll('#library [data-tick]:checked')].map((each) => each.dataset.tick);

const drawBulk = () => {
  const count = ticked().length;
  byId('bulk').hidden = !count;
  byId('bulk-count').textContent = `${plural(count, 'article', 'articles')} chosen`;
};

export const refreshLibrary = async () => {
  if (!byId('library')) return;
  const mine = ++asked;
  await does(async () => {
    const told = await html('articles', shown);
    if (mine !== asked) return;
    fill(byId('library'), told);
    drawBulk();
  });
};

const show = async (change) => {
  Object.assign(shown, change);
  await refreshLibrary();
};

const askFirst = (button, sure) => {
  button.hidden = sure;
  button.nextElementSibling.hidden = !sure;
  (sure ? button.nextElementSibling.querySelector('[data-keep]') : button).focus();
};

// What became of adding and removing stays until the next result, or until the reader has seen enough of it.
const showWork = (shown) => {
  byId('work').hidden = !shown;
  byId('dismiss').hidden = !shown;
};

const work = (name, state, kind) => {
  showWork(true);
  const line = make('p', { className: `work ${kind}` }, make('bdi', { className: 'said', textContent: name }), ' ',
    make('span', { className: 'state', textContent: state }));
  byId('work').querySelector('.own-work')?.remove();
  byId('work').append(make('div', { className: 'own-work' }, line));
};

// The button that was pressed goes with its row: whoever goes by the keyboard is then at the next one, or at the search.
const remove = (articles, row) => does(async () => {
  const { removed, missing } = await post('library/remove', { articles });
  const at = row ? [...document.querySelectorAll('#library tbody tr')].indexOf(row) : 0;
  await refreshLibrary();
  await refreshPapers();
  const rows = document.querySelectorAll('#library tbody tr');
  (rows[Math.min(at, rows.length - 1)]?.querySelector('[data-remove]') ?? byId('find')).focus();
  if (missing) work('The article', 'not removed: it is no longer in the library.', 'failed');
  else work(removed[0], removed.length > 1 ? `and ${removed.length - 1} more: removed` : 'removed', 'done');
  say(removed.length ? `Removed: ${removed.join(', ')}` : 'Nothing was removed.');
});

const press = (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const { order, page, article, removeNow } = button.dataset;
  if (order) {
    show({ order, page: 1 }).then(() => document.querySelector('#library [aria-sort] button')?.focus());
  } else if (page) {
    show({ page: Number(page) }).then(() => document.querySelector('#library tbody .title')?.focus());
  } else if (article) openArticle(article, button);
  else if (button.dataset.remove !== undefined) askFirst(button, true);
  else if (button.dataset.keep !== undefined) askFirst(button.parentElement.previousElementSibling, false);
  else if (removeNow) remove([removeNow], button.closest('tr'));
};

// What Gradio's part of the room tells of adding and rebuilding is said aloud, and the table follows it.
let last = '';
const heardWork = () => {
  const told = document.querySelector('#work [data-status]');
  if (!told) return;
  const lines = [...document.querySelectorAll('#work .work')].filter((each) => !each.closest('.own-work'));
  const key = [told.dataset.status, told.dataset.changed, ...lines.map((each) => each.textContent)].join('|');
  if (key === last) return;
  last = key;
  showWork(true);
  if (told.dataset.status) say(told.dataset.status);
  if (told.dataset.changed !== undefined) {
    refreshLibrary();
    refreshPapers();
  }
};

const correct = async (form) => does(async () => {
  const id = form.dataset.correct;
  const { title } = await post('library/correct', { id, ...Object.fromEntries(new FormData(form)) });
  await openArticle(id, null, { stepped: false });
  await refreshLibrary();
  await refreshPapers();
  say(`Corrected: ${title}`);
});

const panel = {
  address: async (at) => {
    const cite = new URLSearchParams(location.hash.slice(1)).get('cite');
    const to = new URL(address(cite ? { cite } : { article: at.dataset.articleId }), location.href).href;
    await navigator.clipboard.writeText(to).then(() => say('Address copied.'), () => say(to));
  },
  ask: async (at) => {
    closeSource({ focus: false });
    document.querySelector('#rooms [role="tab"]').click();
    const box = byId('box');
    box.value = `What does “${at.dataset.title}” say about `;
    box.focus();
    box.setSelectionRange(box.value.length, box.value.length);
  },
  edit: (at, button) => does(async () => {
    const holder = make('div');
    fill(holder, await html('articles/form', { id: at.dataset.articleId }));
    at.hidden = true;
    at.after(holder.firstElementChild);
    at.nextElementSibling.querySelector('input').focus();
    say('Correct what is wrong, then save.');
  }),
  cancel: (at, button) => {
    const form = button.closest('form');
    form.previousElementSibling.hidden = false;
    form.previousElementSibling.querySelector('[data-panel="edit"]').focus();
    form.remove();
  },
};

const startLibrary = () => {
  byId('dismiss').addEventListener('click', () => {
    showWork(false);
    byId('find').focus();
  });
  byId('library').addEventListener('click', press);
  byId('library').addEventListener('change', drawBulk);
  byId('find').addEventListener('input', () => show({ words: byId('find').value, page: 1 }));
  byId('bulk-remove').addEventListener('click', () => {
    if (window.confirm(`Remove ${plural(ticked().length, 'article', 'articles')} for good?`)) remove(ticked());
  });
  byId('bulk-export').addEventListener('click', () => does(async () => {
    download(await file('articles/csv', { id: ticked() }), 'articles.csv');
    say('Articles saved as CSV.');
  }));
  new MutationObserver(heardWork).observe(byId('work'), { subtree: true, childList: true, characterData: true });
  refreshLibrary();
};

// Gradio makes a room when it is first come to.
const startWhenThere = (id, begin) => {
  if (byId(id)) {
    begin();
    return;
  }
  const watcher = new MutationObserver(() => {
    if (!byId(id)) return;
    watcher.disconnect();
    begin();
  });
  watcher.observe(byId('rooms'), { subtree: true, childList: true });
};

export const startRooms = () => {
  startWhenThere('library', startLibrary);
  startWhenThere('people', startPeople);
  startWhenThere('clippings', startClippings);
  document.querySelector('#rooms').addEventListener('click', (event) => {
    if (!event.target.closest('[role="tab"]')) return;
    hush(); // what was said of another room
    refreshLibrary();
    refreshPapers();
    refreshClippings();
  });
  byId('source-text').addEventListener('click', (event) => {
    const button = event.target.closest('[data-panel]');
    if (button) panel[button.dataset.panel](button.closest('[data-article-id]'), button);
  });
  byId('source-text').addEventListener('submit', (event) => {
    event.preventDefault();
    correct(event.target);
  });
  document.addEventListener('talks:person', (event) => openPerson(event.detail));
  group(document.body);
};
