// One Tab stop for each group of things to press; the arrow keys go from one to the next inside it.

const ITEMS = 'a[href], button, summary, [tabindex]:not(.group)';
const MOVES = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
const seen = (item) => item.offsetParent !== null && !item.disabled;

const items = (group) => [...group.querySelectorAll(ITEMS)].filter((each) => each.closest('[data-group]') === group);

const enter = (group, item) => {
  for (const each of items(group)) each.tabIndex = each === item ? 0 : -1;
};

export const group = (root) => {
  for (const each of root.querySelectorAll('[data-group]')) {
    const all = items(each);
    if (!all.some((item) => item.tabIndex === 0 && item.hasAttribute('tabindex') && seen(item))) {
      enter(each, all.find(seen) ?? all[0]);
    }
  }
};

document.addEventListener('focusin', (event) => {
  const at = event.target.closest?.('[data-group]');
  if (at && event.target.matches(ITEMS)) enter(at, event.target);
});

document.addEventListener('keydown', (event) => {
  const at = event.target.closest?.('[data-group]');
  if (!at || !(event.key in MOVES) || event.altKey || event.ctrlKey || event.metaKey) return;
  if (!event.target.matches(ITEMS)) return;
  const all = items(at).filter(seen);
  const next = all[all.indexOf(event.target) + MOVES[event.key]];
  if (next) {
    event.preventDefault();
    next.focus();
  }
});
