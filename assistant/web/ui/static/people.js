// The people room: everybody who speaks, and all that one of them says.

import { cardPress } from './answers.js';
import { byId, download, make, say, tell } from './dom.js';
import { group } from './roving.js';
import { fill, file, html } from './server.js';

let person = '';
let asked = 0;

const does = async (work) => {
  try {
    await work();
  } catch (error) {
    tell(error.message);
  }
};

const markPerson = () => {
  for (const each of byId('people').querySelectorAll('[data-person]')) {
    if (each.dataset.person === person) each.setAttribute('aria-current', 'true');
    else each.removeAttribute('aria-current');
  }
};

const filters = () => Object.fromEntries(new FormData(byId('person-filters')));

export const refreshPeople = () => does(async () => {
  if (!byId('people')) return;
  const mine = ++asked;
  if (!byId('people').children.length) byId('people').replaceChildren(make('p', { className: 'remark', textContent: 'Reading who speaks…' }));
  const told = await html('people', { words: byId('find-person').value });
  if (mine !== asked) return;
  fill(byId('people'), told);
  markPerson();
  group(byId('people'));
});

const show = (name, { focus = true } = {}) => does(async () => {
  person = name;
  const told = await html('statements', { person, ...filters() });
  fill(byId('statements'), told);
  byId('person').hidden = false;
  byId('nobody').hidden = true;
  markPerson();
  group(byId('statements'));
  if (focus) byId('statements').querySelector('h3').focus();
  say(byId('statements').querySelector('.remark').textContent);
});

// A name pressed anywhere leads to all that its bearer says.
export const openPerson = async (name) => {
  [...document.querySelectorAll('#rooms [role="tab"]')].find((each) => each.textContent.trim() === 'People').click();
  const wait = () => (byId('statements') ? show(name) : setTimeout(wait, 50));
  wait();
};

export const startPeople = () => {
  byId('find-person').addEventListener('input', refreshPeople);
  byId('people').addEventListener('click', (event) => {
    const button = event.target.closest('[data-person]');
    if (button) show(button.dataset.person);
  });
  byId('person-filters').addEventListener('submit', (event) => {
    event.preventDefault();
    show(person, { focus: false });
  });
  byId('person-csv').addEventListener('click', () => does(async () => {
    download(await file('statements/csv', { person, ...filters() }), 'statements.csv');
    say('Statements saved as CSV.');
  }));
  byId('statements').addEventListener('click', cardPress);
  refreshPeople();
};
