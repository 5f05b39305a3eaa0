// The list of conversations in the rail: found by words, opened, renamed, pinned, saved, deleted with a way back.

import { beginConversation, conversation, openConversation } from './chat.js';
import { byId, download, narrow, say, tell } from './dom.js';
import { group } from './roving.js';
import { fill, file, html, post } from './server.js';

const KINDS = { markdown: 'md', html: 'html', word: 'docx', csv: 'csv' };
let asked = 0;

export const refreshConversations = async () => {
  const mine = ++asked;
  try {
    const told = await html('conversations', { words: byId('find-conversation').value, current: conversation() });
    if (mine !== asked) return;
    fill(byId('past'), told);
    group(byId('rail'));
    const current = byId('past').querySelector('[aria-current]');
    byId('current').hidden = !conversation();
    byId('pin').setAttribute('aria-pressed', String(current?.dataset.pinned !== undefined));
    byId('find-conversation').closest('label').hidden = !byId('past').querySelector('li') && !byId('find-conversation').value;
  } catch { /* the list stays as it was */ }
};

// On a phone conversations and filters hide behind a button, and give way again once one of them was chosen.
export const showRail = (open) => {
  document.body.classList.toggle('rail-open', open);
  byId('rail-toggle').setAttribute('aria-expanded', String(open));
};

const does = async (work) => {
  try {
    await work();
  } catch (error) {
    tell(error.message);
  }
};

const renaming = (open) => {
  byId('renaming').hidden = !open;
  byId('rename').setAttribute('aria-expanded', String(open));
  if (!open) return;
  const title = byId('past').querySelector('[aria-current] .said');
  byId('new-title').value = title?.textContent ?? '';
  byId('new-title').focus();
};

const rename = () => does(async () => {
  await post('conversations/rename', { conversation: conversation(), title: byId('new-title').value });
  renaming(false);
  byId('rename').focus();
  say('Conversation renamed.');
  await refreshConversations();
});

const pin = () => does(async () => {
  const pinned = byId('pin').getAttribute('aria-pressed') !== 'true';
  await post('conversations/pin', { conversation: conversation(), pinned });
  say(pinned ? 'Pinned: it stays at the top of the list.' : 'No longer pinned.');
  await refreshConversations();
});

const remove = () => does(async () => {
  const gone = conversation();
  await post('conversations/delete', { conversation: gone });
  openConversation('', 'Conversation deleted.', () => does(async () => {
    await post('conversations/restore', { conversation: gone });
    openConversation(gone, 'The conversation is back.');
    await refreshConversations();
    byId('box').focus();
  }));
  byId('begin').focus();
  await refreshConversations();
});

const save = (kind) => does(async () => {
  download(await file('conversations/export', { conversation: conversation(), kind }), `conversation.${KINDS[kind]}`);
  say('Conversation saved.');
});

export const startConversations = () => {
  byId('begin').addEventListener('click', () => {
    showRail(false);
    beginConversation();
    refreshConversations();
  });
  byId('past').addEventListener('click', (event) => {
    const button = event.target.closest('button[data-open]');
    if (!button) return;
    openConversation(button.dataset.open, 'Conversation opened.');
    showRail(false);
    if (!narrow.matches) byId('box').focus();
    refreshConversations();
  });
  byId('find-conversation').addEventListener('input', refreshConversations);
  byId('rename').addEventListener('click', () => renaming(byId('renaming').hidden));
  byId('renaming').addEventListener('submit', (event) => {
    event.preventDefault();
    rename();
  });
  byId('cancel-rename').addEventListener('click', () => {
    renaming(false);
    byId('rename').focus();
  });
  byId('pin').addEventListener('click', pin);
  byId('delete').addEventListener('click', remove);
  byId('print').addEventListener('click', () => window.print());
  byId('save-as').addEventListener('change', (event) => {
    if (event.target.value) save(event.target.value);
    event.target.value = '';
  });
};
