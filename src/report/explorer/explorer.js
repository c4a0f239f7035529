"use strict";
(() => {
  const by = (id) => document.getElementById(id);
  const token = document.querySelector("meta[name=token]").content;
  const text = by("text");
  const QUIET = 120;
  let running = null;
  let timer = null;
  let dials = [];
  let findings = [];

  const post = (path, body, signal) =>
    fetch(path, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Switchover-Token": token },
      body: JSON.stringify(body),
      signal,
    });

  // What the server says, event by event.
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

  const state = (words) => { by("state").textContent = words; };
  const said = (words) => { by("said").textContent = words; };
  const put = (id, title, markup) => {
    const place = by(id);
    place.innerHTML = markup;
    if (!title) return;
    const heading = document.createElement("h3");
    heading.textContent = title;
    place.prepend(heading);
  };

  const stream = async (path, body, heard) => {
    if (running) running.abort();
    const own = new AbortController();
    running = own;
    let ended = false;
    try {
      const answer = await post(path, body, own.signal);
      if (!answer.ok) return state(await answer.text());
      await events(answer, (name, data) => {
        if (running !== own) return;
        if (name === "done" || name === "refused") ended = true;
        if (name === "refused") state(data.message);
        heard(name, data, body);
      });
      if (running === own && !ended) state("Stopped: another page asked for an answer, or the program ended.");
    } catch (error) {
      if (error.name !== "AbortError" && running === own) state("The program does not answer; it may have ended.");
    }
  };

  const mark = () => {
    const count = text.value.split("\n").length;
    const worst = new Map();
    for (const one of findings.slice().reverse()) if (worst.get(one.line) !== "error") worst.set(one.line, one.severity);
    const lines = by("lines");
    lines.replaceChildren();
    for (let line = 1; line <= count; line += 1) {
      const own = document.createElement("b");
      own.textContent = String(line);
      if (worst.has(line)) own.className = worst.get(line);
      lines.append(own);
    }
    lines.scrollTop = text.scrollTop;
  };
  text.addEventListener("scroll", () => { by("lines").scrollTop = text.scrollTop; });

  // Findings count bytes, the editor counts UTF-16 units.
  const unit = (byte) => new TextDecoder().decode(new TextEncoder().encode(text.value).slice(0, byte)).length;
  const show = (one) => {
    text.focus();
    text.setSelectionRange(unit(one.start), unit(one.end));
    text.scrollTop = Math.max(0, (one.line - 5) * 20);
  };
  const paragraph = (words) => {
    const own = document.createElement("p");
    own.textContent = words;
    return own;
  };
  const list = (tally) => {
    by("tally").textContent = tally;
    by("findings").replaceChildren(...findings.map((one) => {
      const item = document.createElement("li");
      item.className = one.severity;
      const go = document.createElement("button");
      go.type = "button";
      go.textContent = one.severity + " " + one.code + ", line " + one.line + ": " + one.message;
      go.addEventListener("click", () => show(one));
      item.append(go);
      if (one.label) item.append(paragraph(one.label));
      if (one.help) item.append(paragraph("help: " + one.help));
      return item;
    }));
    text.setAttribute("aria-invalid", findings.some((one) => one.severity === "error"));
    mark();
  };

  const rows = () => Array.from(document.querySelectorAll(".dial"));
  const fill = (row, one) => {
    const [range, field] = row.querySelectorAll("input");
    if (document.activeElement !== field) field.value = one.value;
    if (document.activeElement !== range) range.value = one.number;
    row.classList.toggle("moved", one.today !== null && one.today !== one.value);
    row.querySelector("button").disabled = one.today === null || one.today === one.value;
  };
  const decimals = (step) => (String(step).split(".")[1] || "").length;
  const wire = (row) => {
    const [range, field] = row.querySelectorAll("input");
    const path = row.dataset.path;
    range.addEventListener("input", () => {
      field.value = Number(Number(range.value).toFixed(decimals(range.step))) + row.dataset.suffix;
      soon([[path, field.value]]);
    });
    field.addEventListener("change", () => soon([[path, field.value]]));
    row.querySelector("button").addEventListener("click", () => {
      const one = dials.find((other) => other.path === path);
      if (one && one.today !== null) soon([[path, one.today]]);
    });
  };
  const settle = (data) => {
    const paths = (all) => all.map((one) => one.path).join("\n");
    const held = rows().some((row) => row.contains(document.activeElement));
    // A value that gets written moves among the others; not while it is in the hand.
    const fresh = paths(dials) !== paths(data.dials) && !held;
    dials = data.dials;
    if (fresh) {
      const open = !!document.querySelector("#sliders details[open]");
      by("sliders").innerHTML = data.sliders;
      const more = document.querySelector("#sliders details");
      if (more) more.open = open;
      rows().forEach(wire);
    }
    for (const row of rows()) {
      const one = dials.find((other) => other.path === row.dataset.path);
      if (one) fill(row, one);
    }
  };

  const heard = (name, data, asked) => {
    if (name === "checked") {
      if (text.value !== asked.text) return soon(asked.set);
      if (data.text !== text.value) text.value = data.text;
      findings = data.findings;
      list(data.tally);
      if (data.understood) settle(data);
      by("answer").classList.add("old");
      state(data.sound ? "Simulating." : "The scenario has errors; the answer below is that of the text before them.");
    } else if (name === "run") {
      by("answer").classList.remove("old");
      put("one", "One run", data.html);
      put("several", "", "");
      put("compared", "", "");
      state("One run is there; more replications follow.");
    } else if (name === "progress") {
      state(data.text);
    } else if (name === "replications") {
      put("several", data.title, data.html);
    } else if (name === "compared") {
      put("compared", data.title, data.html);
    } else if (name === "finding") {
      findings = findings.concat(data.findings);
      list(data.tally);
      state(data.tally);
    } else if (name === "done" && data.text) {
      state(data.text);
    }
  };

  let waiting = [];
  const soon = (set) => {
    waiting = waiting.filter(([path]) => !set.some(([other]) => other === path)).concat(set);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const set = waiting;
      waiting = [];
      said("");
      stream("answer", { text: text.value, set }, heard);
    }, QUIET);
  };
  text.addEventListener("input", () => { mark(); soon([]); });

  const keep = (blob, name) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };
  by("save").addEventListener("click", async () => {
    if (by("save").dataset.file !== "true") return keep(new Blob([text.value]), "scenario.toml");
    const answer = await post("save", { text: text.value }).catch(() => null);
    said(answer ? await answer.text() : "The program does not answer.");
  });
  by("compare").addEventListener("click", () => {
    state("Comparing with today.");
    stream("compare", { text: text.value }, heard);
  });
  by("export").addEventListener("click", async () => {
    said("The report is being made.");
    const answer = await post("report", { text: text.value }).catch(() => null);
    if (!answer || !answer.ok) return said(answer ? await answer.text() : "The program does not answer.");
    keep(await answer.blob(), "report.html");
    said("The report is downloaded.");
  });

  mark();
  soon([]);
})();
