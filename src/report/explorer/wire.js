// Talks to the program. A page has one stream at a time; what an older one says is not heard.

const token = document.querySelector("meta[name=token]").content;
// By this the program tells pages apart: only a newer request of the same page ends an older one.
const page = crypto.randomUUID();

export const post = (path, body, signal) =>
  fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Switchover-Token": token, "X-Switchover-Page": page },
    body: JSON.stringify(body),
    signal,
  });

// What the program says, event by event.
const events = async (answer, heard) => {
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const parts = rest.split("\n\n");
    rest = parts.pop();
    for (const part of parts) {
      const lines = part.split("\n");
      const of = (name) => lines.filter((line) => line.startsWith(name)).map((line) => line.slice(name.length).trimStart()).join("\n");
      const name = of("event:");
      if (name) heard(name, JSON.parse(of("data:")));
    }
  }
};

let running = null;

// The stream that is heard: what it asked for, and the events that it has heard so far.
export const current = () => running;

export const drop = () => {
  if (running) running.control.abort();
  running = null;
};

export const stream = async (path, body, heard, failed) => {
  drop();
  const own = { control: new AbortController(), body, names: new Set() };
  running = own;
  const fail = (words) => {
    if (running !== own) return;
    running = null;
    failed(words);
  };
  try {
    const answer = await post(path, body, own.control.signal);
    if (!answer.ok) return fail(await answer.text());
    await events(answer, (name, data) => {
      if (running !== own) return;
      own.names.add(name);
      heard(name, data, body);
    });
    const ended = own.names.has("done") || own.names.has("refused");
    if (!ended) return fail("Stopped: the program ended.");
    if (running === own) running = null;
  } catch (error) {
    if (error.name !== "AbortError") fail("The program does not answer; it may have ended.");
  }
};
