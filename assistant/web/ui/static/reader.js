// Who reads, and where: this browser's name, and what the address bar says is open in this window.

const NAME = /^[0-9A-Za-z_-]{1,80}$/;
const kept = (storage, key) => {
  try { return storage().getItem(key); } catch { return null; }
};
const keep = (storage, key, value) => {
  try { storage().setItem(key, value); } catch { /* a browser that keeps nothing forgets when it is closed */ }
};
const [local, session] = [() => window.localStorage, () => window.sessionStorage];

let name = kept(local, 'talks-reader');
if (!NAME.test(name ?? '')) {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  name = btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_');
  keep(local, 'talks-reader', name);
}

// The random name that conversations and clippings are kept under where there are no accounts.
export const readerName = name;

export const remembered = (key) => {
  try { return JSON.parse(kept(session, `talks-${key}`)); } catch { return null; }
};
export const remember = (key, value) => keep(session, `talks-${key}`, JSON.stringify(value));

const asked = () => new URLSearchParams(location.hash.slice(1));

// What is open: a conversation, and a citation or an article in the panel beside it.
export const here = () => {
  const at = asked();
  return { conversation: at.get('conversation') ?? '', cite: at.get('cite'), article: at.get('article') };
};

export const address = ({ conversation, cite, article }) => {
  const at = new URLSearchParams();
  if (conversation) at.set('conversation', conversation);
  if (cite) at.set('cite', cite);
  if (article) at.set('article', article);
  return `${location.pathname}${location.search}${at.size ? `#${at}` : ''}`;
};

// Another conversation in the same window, without an entry of its own in the browser's history.
export const moveTo = (conversation) => {
  remember('conversation', conversation);
  history.replaceState(history.state, '', address({ ...here(), conversation }));
};
