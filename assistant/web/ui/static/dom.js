// What all parts of the page need of the document: finding and making elements, saying something, handing out a file.

export const byId = (id) => document.getElementById(id);
export const narrow = window.matchMedia('(max-width: 900px)');

// An element whose text is text: nothing that comes from elsewhere is ever read as HTML here.
export const make = (tag, properties = {}, ...children) => {
  const { data = {}, ...rest } = properties;
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(rest)) {
    if (name in made) made[name] = value;
    else made.setAttribute(name, value);
  }
  Object.assign(made.dataset, data);
  made.append(...children);
  return made;
};

let undoing = null;

// The one line that says how things stand; with a way back, a button beside it.
export const say = (sentence, undo = null) => {
  const [line, back] = [document.querySelector('#status p'), byId('undo')];
  if (line) line.textContent = sentence;
  undoing = undo;
  if (back) back.hidden = !undo;
};

// Nothing more is said of what is over, unless it can still be undone.
export const hush = () => { if (!undoing) say(''); };

export const undoLast = async () => {
  const back = undoing;
  undoing = null;
  byId('undo').hidden = true;
  if (back) await back();
};

// What went wrong, in one sentence; an empty one takes it away.
export const tell = (sentence) => {
  byId('notice')?.replaceChildren(...(sentence ? [make('p', { textContent: sentence })] : []));
};

export const download = (blob, name) => {
  const link = make('a', { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

export const plural = (count, one, more) => `${count} ${count === 1 ? one : more}`;
