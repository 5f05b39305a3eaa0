// The chat's line to the server: Gradio's events carry questions there, and its answers come back as screens.

import { readerName } from './reader.js';

let trigger = null;
let view = 0;
const painters = [];

export const onScreen = (paint) => painters.push(paint);

// `fresh` events show something else from now on: what still comes for an earlier one is for nobody.
export const send = (event, values, { fresh = true } = {}) => {
  if (fresh) view += 1;
  trigger(event, { ...values, reader: readerName, view });
  return view;
};

export const leave = () => { view += 1; };

export const connect = (triggered, props, watch) => {
  trigger = triggered;
  watch('value', () => {
    if (!props.value) return;
    const screen = JSON.parse(props.value);
    if (screen.view === view) for (const paint of painters) paint(screen);
  });
};
