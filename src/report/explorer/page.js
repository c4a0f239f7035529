// The places of the page where words are written.

export const by = (id) => document.getElementById(id);

// Words from a scenario, without the characters that turn the direction of a text.
export const plain = (words) => words.replace(/[\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "\ufffd");

// A screen reader speaks a status again whenever it is written: the same words are not.
export const write = (id, words) => {
  if (by(id).textContent !== words) by(id).textContent = words;
};

// Where the simulation is. It changes too often to be spoken.
export const note = (words) => write("state", words);

// Where it is, spoken: how it ended, and what cannot be done.
export const say = (words) => {
  note(words);
  write("spoken", words);
};

// What became of a button that was pressed.
export const reply = (words) => write("said", words);
