// Runs once, when the page is there: puts its parts to work, and shows what the address bar says is open.

import { startAnswers } from './answers.js';
import { cancelEdit, onAnswer, openConversation, showWelcome, startChat } from './chat.js';
import { refreshConversations, showRail, startConversations } from './conversations.js';
import { byId, narrow, undoLast } from './dom.js';
import { everywhere, refreshPapers, startFilters } from './filters.js';
import { here, moveTo, remembered } from './reader.js';
import { startRooms } from './rooms.js';
import { closeSource, openArticle, openSource, startSource } from './source.js';
import { connect } from './wire.js';

// Who is in, where there are accounts.
const nameVisitor = () => {
  byId('visitor').textContent = document.documentElement.dataset.visitor ?? '';
};

// The page takes what the masthead, the tabs and the last line leave of the window, however they wrap.
const measure = () => {
  const desk = byId('desk');
  if (!desk?.offsetParent) return;
  const above = desk.getBoundingClientRect().top + window.scrollY;
  document.documentElement.style.setProperty('--above', `${Math.ceil(above)}px`);
  document.documentElement.style.setProperty('--below', `${Math.ceil(byId('foot').offsetHeight)}px`);
};

const keys = (event) => {
  if (event.key !== 'Escape') return;
  if (document.activeElement === byId('box') && cancelEdit()) return;
  if (!closeSource()) cancelEdit();
};

const toggleRail = () => {
  const elsewhere = !byId('desk').offsetParent;
  if (elsewhere) document.querySelector('#rooms [role="tab"]').click();
  showRail(elsewhere || !document.body.classList.contains('rail-open'));
};

let started = false;

export const start = ({ trigger, props, watch }) => {
  connect(trigger, props, watch);
  if (started) return; // Gradio has made the line anew
  started = true;
  nameVisitor();
  startSource();
  startFilters();
  startChat();
  startAnswers();
  startConversations();
  startRooms();
  document.addEventListener('keydown', keys);
  byId('rail-toggle').addEventListener('click', toggleRail);
  byId('undo').addEventListener('click', undoLast);
  const sizes = new ResizeObserver(measure);
  for (const id of ['masthead', 'foot']) sizes.observe(byId(id));
  measure();
  onAnswer(refreshConversations);
  const { conversation, cite, article } = here();
  const open = conversation || remembered('conversation') || '';
  if (open && !conversation) moveTo(open);
  openConversation(open);
  if (cite) openSource(cite, null, { stepped: false });
  else if (article) openArticle(article, null, { stepped: false });
  showWelcome();
  refreshPapers();
  refreshConversations();
  narrow.addEventListener('change', measure);
};

export { everywhere };
