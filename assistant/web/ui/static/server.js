// Asks the server for what the page shows: plain requests, and one sentence where they fail.

import { readerName } from './reader.js';

export const AWAY = 'The server does not answer: see whether Talks still runs, then try again.';

export class Refused extends Error {}

const request = async (path, options = {}) => {
  let answer;
  try {
    answer = await fetch(new URL(`page/${path}`, document.baseURI), {
      ...options,
      headers: { 'X-Talks-Reader': readerName, ...options.headers },
    });
  } catch {
    throw new Refused(AWAY);
  }
  if (answer.ok) return answer;
  const told = await answer.json().catch(() => ({}));
  throw new Refused(typeof told.detail === 'string' ? told.detail : AWAY);
};

const query = (values) => {
  const wanted = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && each !== undefined && each !== '') wanted.append(name, each);
    }
  }
  return wanted.size ? `?${wanted}` : '';
};

export const html = async (path, values = {}) => (await request(path + query(values))).text();
export const json = async (path, values = {}) => (await request(path + query(values))).json();
export const file = async (path, values = {}) => (await request(path + query(values))).blob();
export const post = async (path, values = {}) => {
  const headers = { 'Content-Type': 'application/json' };
  return (await request(path, { method: 'POST', headers, body: JSON.stringify(values) })).json();
};

// An answer's HTML stands where it belongs; what it says of others was made plain characters by the server.
export const fill = (element, told) => {
  element.innerHTML = told;
};
