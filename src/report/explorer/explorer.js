// The page: what is moved or typed is asked, and what is answered is shown.

import { settle } from "./dials.js";
import { become, list, mark, more, text } from "./editor.js";
import { by, note, reply, say } from "./page.js";
import { patch } from "./patch.js";
import { current, drop, post, stream } from "./wire.js";

// How long the hand rests before something is asked, in milliseconds.
const QUIET = 120;

let timer = null;
// Values that were moved and are not in the text yet.
let waiting = [];
const merge = (older, newer) => older.filter(([path]) => !newer.some(([other]) => other === path)).concat(newer);
const waits = (path) => waiting.some(([other]) => other === path);

const checked = (data, asked) => {
  if (text.value !== asked.text) {
    waiting = merge(asked.set, waiting);
    return later(QUIET);
  }
  become(data.text);
  list(data.findings, data.tally, data.file);
  if (data.understood) settle(data, waits, (path, value) => moved([[path, value]]));
  by("answer").classList.add("old");
  if (data.sound) note("Simulating.");
  else if (by("one").firstChild) say("The scenario has errors; the answer below is that of the text before them.");
  else say("The scenario has errors: there is no answer.");
};

const ran = (data) => {
  by("answer").classList.remove("old");
  patch(by("one"), "One run", data.html);
  patch(by("compared"), "", "");
  // Those of the text before stay, dimmed, until there are others.
  by("several").classList.add("old");
  note("One run is there; more replications follow.");
  if (waiting.length) ask();
};

const replicated = (data) => {
  by("several").classList.remove("old");
  patch(by("several"), data.title, data.html);
};

const ended = (words) => {
  if (by("several").classList.contains("old")) patch(by("several"), "", "");
  if (words) say(words);
};

const heard = (name, data, asked) => {
  if (name === "checked") checked(data, asked);
  else if (name === "run") ran(data);
  else if (name === "progress") note(data.text);
  else if (name === "replications") replicated(data);
  else if (name === "compared") patch(by("compared"), data.title, data.html);
  else if (name === "finding") more(data.findings, data.tally);
  else if (name === "refused") ended(data.message);
  else if (name === "done") ended(data.text);
};

// Values on their way that the text does not hold yet wait again.
const recall = () => {
  const own = current();
  if (own && own.body.set && !own.names.has("checked")) waiting = merge(own.body.set, waiting);
};
const ask = () => {
  clearTimeout(timer);
  timer = null;
  recall();
  const set = waiting;
  waiting = [];
  reply("");
  stream("answer", { text: text.value, set }, heard, ended);
};
const later = (wait) => {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
};

// One run of where the slider was a moment ago is worth waiting for while it moves; more
// replications of it are not.
const moved = (set) => {
  waiting = merge(waiting, set);
  const own = current();
  if (own && own.body.set && !own.names.has("run")) return later(QUIET);
  drop();
  later(0);
};
text.addEventListener("input", () => {
  mark();
  recall();
  drop();
  later(QUIET);
});

// Until what was moved is in the text.
const settled = async () => {
  const open = () => timer !== null || (current() && current().body.set && !current().names.has("checked"));
  while (open()) await new Promise((go) => setTimeout(go, 20));
};
const keep = (blob, name) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
};
// What would be lost if the page went now.
let safe = text.value;
window.addEventListener("beforeunload", (leaving) => { if (text.value !== safe) leaving.preventDefault(); });
by("save").addEventListener("click", async () => {
  await settled();
  const saved = text.value;
  const { known } = by("save").dataset;
  if (known === undefined) {
    keep(new Blob([saved]), "scenario.toml");
    safe = saved;
    return;
  }
  const answer = await post("save", { text: saved, known }).catch(() => null);
  if (!answer || !answer.ok) return reply(answer ? await answer.text() : "The program does not answer.");
  by("save").dataset.known = (await answer.json()).known;
  safe = saved;
  reply("Saved.");
});
by("compare").addEventListener("click", async () => {
  await settled();
  note("Comparing with today.");
  stream("compare", { text: text.value }, heard, say);
});
by("export").addEventListener("click", async () => {
  await settled();
  reply("The report is being made.");
  // One simulation at a time: the answer goes on afterwards.
  const unfinished = current() !== null;
  drop();
  const answer = await post("report", { text: text.value }).catch(() => null);
  if (answer && answer.ok) {
    keep(await answer.blob(), "report.html");
    reply("The report is downloaded.");
  } else {
    reply(answer ? await answer.text() : "The program does not answer.");
  }
  if (unfinished && current() === null) {
    const words = by("said").textContent;
    ask();
    reply(words);
  }
});

mark();
ask();
