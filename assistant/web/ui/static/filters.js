// What the search is narrowed to: papers searched alone, papers hidden, and days; shown as chips above the box.

import { byId, make } from './dom.js';
import { remember, remembered } from './reader.js';
import { group } from './roving.js';
import { json } from './server.js';

const MOST = 12;
const empty = () => ({ only: [], hide: [], after: '', before: '' });

let papers = [];
let chosen = { ...empty(), ...remembered('filters') };

export const chosenFilters = () => structuredClone(chosen);

const shownName = (name) => papers.find((each) => each.name === name)?.shown ?? name;
const written = (day) => {
  const date = new Date(`${day}T00:00:00Z`);
  return Number.isNaN(date.valueOf()) ? day
    : date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
};

const change = (values) => {
  chosen = { ...chosen, ...values };
  remember('filters', chosen);
  draw();
};

const toggle = (list, other, name) => {
  const on = !chosen[list].includes(name);
  change({
    [list]: on ? [...chosen[list], name] : chosen[list].filter((each) => each !== name),
    [other]: chosen[other].filter((each) => each !== name),
  });
  byId('papers').querySelector(`[data-list="${list}"][data-name="${CSS.escape(name)}"]`)?.focus();
};

export const everywhere = () => change(empty());

const chip = (label, remove) => {
  const button = make('button', { type: 'button', className: 'chip', textContent: label });
  button.append(make('span', { ariaHidden: 'true', textContent: ' ×' }), make('span', { className: 'unseen', textContent: ' (remove this filter)' }));
  button.addEventListener('click', () => {
    remove();
    (byId('chips').querySelector('button') ?? byId('box')).focus();
  });
  return button;
};

const drawChips = () => {
  const chips = [
    ...chosen.only.map((name) => chip(`Only ${shownName(name)}`, () => toggle('only', 'hide', name))),
    ...chosen.hide.map((name) => chip(`Without ${shownName(name)}`, () => toggle('hide', 'only', name))),
    ...(chosen.after ? [chip(`From ${written(chosen.after)}`, () => change({ after: '' }))] : []),
    ...(chosen.before ? [chip(`To ${written(chosen.before)}`, () => change({ before: '' }))] : []),
  ];
  const all = make('button', { type: 'button', className: 'chip all', textContent: 'Search everywhere' });
  all.addEventListener('click', () => {
    everywhere();
    byId('box').focus();
  });
  byId('chips').replaceChildren(...chips, ...(chips.length ? [all] : []));
  byId('chips').hidden = !chips.length;
};

const paper = ({ name, shown, articles }) => {
  const press = (list, other, label) => {
    const button = make('button', { type: 'button', data: { list, name } }, label, make('span', { className: 'unseen', textContent: ` ${shown}` }));
    button.setAttribute('aria-pressed', String(chosen[list].includes(name)));
    button.addEventListener('click', () => toggle(list, other, name));
    return button;
  };
  return make('li', {},
    make('span', { className: 'name', dir: 'auto', textContent: shown }),
    make('span', { className: 'count', textContent: `${articles}` }),
    press('only', 'hide', 'Only'), press('hide', 'only', 'Hide'));
};

const drawPapers = () => {
  const wanted = byId('find-paper').value.trim().toLowerCase();
  const picked = (each) => chosen.only.includes(each.name) || chosen.hide.includes(each.name);
  const found = papers.filter((each) => each.shown.toLowerCase().includes(wanted));
  const first = wanted ? found : [...found.filter(picked), ...found.filter((each) => !picked(each))];
  byId('papers').replaceChildren(...first.slice(0, MOST).map(paper));
  byId('papers').hidden = !first.length;
  const left = found.length - MOST;
  byId('papers-left').textContent = !found.length && wanted ? 'No paper has this name.'
    : left > 0 ? `${left} more: type a part of the name.` : '';
  group(byId('rail'));
};

const draw = () => {
  for (const name of ['after', 'before']) byId(`${name}-day`).value = chosen[name];
  drawChips();
  drawPapers();
};

export const refreshPapers = async () => {
  try {
    papers = await json('papers');
    draw();
  } catch { /* the list stays as it was */ }
};

export const startFilters = () => {
  byId('find-paper').addEventListener('input', drawPapers);
  byId('find-paper').addEventListener('focus', refreshPapers);
  for (const name of ['after', 'before']) {
    byId(`${name}-day`).addEventListener('change', (event) => change({ [name]: event.target.value }));
  }
  draw();
};
