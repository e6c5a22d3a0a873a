"use strict";
// Choosing, filtering, searching and switching of language. All text is in the page already; nothing is parsed as
// markup, nothing is loaded, nothing is stored. Without this script the page still reads from top to bottom and its
// links lead from a statement to its turn.
(() => {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const body = document.body;
  const source = byId("page-source");
  const status = byId("page-status");
  const toggle = byId("page-toggle");
  const back = byId("page-back");
  const strip = byId("page-strip");
  const phone = matchMedia("(max-width: 59.99rem)");
  const { words, turns } = JSON.parse(byId("page-data").textContent);
  const turnOf = new Map(turns.map((turn) => [turn.id, turn]));

  document.documentElement.dataset.live = "";

  const say = (key, values = {}) => {
    const text = (words[body.dataset.view === "second" ? 1 : 0] ?? words[0])[key];
    return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  };
  const announce = (key, values) => { status.textContent = key ? say(key, values) : ""; };
  const about = (turn) => ({ n: turn.n, speaker: turn.speaker || say("nobody") });

  // --- choosing: a statement shows its quotation, a turn what was made of it ---------------------------------

  const marksOf = new Map();
  for (const mark of source ? all("mark", source) : []) {
    for (const id of mark.dataset.of.split(" ")) marksOf.set(id, [...(marksOf.get(id) ?? []), mark]);
  }
  let lit = [];
  let origin = null; // where the reader came from, for the way back

  const light = (elements, name) => {
    for (const element of elements) { element.classList.add(name); lit.push([element, name]); }
  };
  const darken = () => {
    for (const [element, name] of lit) element.classList.remove(name);
    lit = [];
  };
  const focus = (element) => {
    if (!element.matches("a, button, [tabindex]")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  };
  const showSource = (open) => {
    if (!source) return;
    body.toggleAttribute("data-closed", !open);
    toggle.setAttribute("aria-expanded", String(open));
  };
  // Heights of what is not yet drawn are estimates, so a place is taken again once it is.
  const settle = (place) => {
    place();
    requestAnimationFrame(() => { place(); requestAnimationFrame(place); });
  };
  const scrollSource = (element) => {
    element.closest("details")?.setAttribute("open", "");
    settle(() => {
      const offset = element.getBoundingClientRect().top - source.getBoundingClientRect().top;
      source.scrollTop += offset - source.clientHeight / 4;
    });
  };
  const scrollDigest = (element) => {
    const covered = phone.matches && source && !body.hasAttribute("data-closed");
    settle(() => element.scrollIntoView({ block: covered ? "start" : "center" }));
  };
  const locate = (turn) => {
    if (!strip) return;
    const bar = all("rect[data-turn]", strip).find((rect) => rect.dataset.turn === turn.id);
    if (!bar) return;
    const here = byId("page-here");
    here.setAttribute("x", bar.getAttribute("x"));
    here.setAttribute("width", Math.max(Number(bar.getAttribute("width")), 2));
    strip.setAttribute("aria-valuenow", turn.n);
    strip.setAttribute("aria-valuetext", say("not_made", { ...about(turn), outcome: say(turn.outcome) }));
  };

  const comeFrom = (element) => {
    origin = element;
    if (back) back.hidden = false;
  };

  // From a statement, sentence or finding to where the source has it; `turnId` chooses among several turns.
  const toSource = (item, turnId, link) => {
    darken();
    light([item], "chosen");
    const marks = marksOf.get(item.id) ?? [];
    light(marks, "lit");
    const mark = marks.find((one) => one.closest(".turn")?.id === turnId) ?? (turnId ? undefined : marks[0]);
    const turn = turnOf.get(turnId ?? mark?.closest(".turn")?.id);
    const place = mark ?? (turn && byId(turn.id));
    if (turn) locate(turn);
    if (!place) { announce("not_in_source"); return; }
    comeFrom(link ?? item);
    showSource(true);
    if (turn) light([byId(turn.id)], "chosen");
    scrollSource(place);
    if (phone.matches) scrollDigest(item);
    focus(place);
    if (turn) announce(mark ? "quoted" : marks.length || !item.matches(".statement") ? "at_turn" : "not_quoted", about(turn));
  };

  // From a turn to what was made of it; `only` narrows that to the statements with one quotation.
  const toDigest = (turn, only, from) => {
    darken();
    const place = byId(turn.id);
    if (place) light([place], "chosen");
    locate(turn);
    const ids = (only ?? turn.made).filter((id) => byId(id));
    const items = ids.map(byId);
    if (items.some((item) => item.closest("[hidden]"))) clear();
    light(items, "chosen");
    light(ids.flatMap((id) => marksOf.get(id) ?? []), "lit");
    if (items.length) {
      comeFrom(from);
      scrollDigest(items[0]);
      focus(items[0]);
      announce("made", { ...about(turn), count: items.length });
    } else {
      announce("not_made", { ...about(turn), outcome: say(turn.outcome) });
    }
  };

  // Escape, or the button in the source: first to where the choice was made, then to nothing chosen.
  const goBack = () => {
    const from = origin;
    darken();
    announce();
    origin = null;
    if (back) back.hidden = true;
    if (phone.matches) showSource(false);
    if (!from) return;
    if (source?.contains(from)) scrollSource(from); else scrollDigest(from);
    focus(from);
  };

  const goToTurn = (turn, move) => {
    locate(turn);
    const place = byId(turn.id);
    if (!place) { toDigest(turn, null, strip); return; }
    darken();
    light([place], "chosen");
    showSource(true);
    scrollSource(place);
    announce("not_made", { ...about(turn), outcome: say(turn.outcome) });
    if (move) { comeFrom(strip); focus(place); }
  };

  // --- filtering and searching ---------------------------------------------------------------------------------

  const query = byId("page-query");
  const speaker = byId("page-speaker");
  const topic = byId("page-topic");
  const unanswered = byId("page-unanswered");
  const clearing = byId("page-clear");
  const items = all(".item");
  const sentences = all(".sentence");
  const groups = [...all("main .group"), ...all(".agenda")];
  let exchange = null; // { from, to }: indices of speakers, `to` null for questions without an answer
  let hits = [];
  let hit = -1;

  // Width and case do not count. Each character keeps its length, so that places stay places.
  const fold = (text) => Array.from(text, (letter) => {
    const folded = letter.normalize("NFKC").toLowerCase();
    return folded.length === letter.length ? folded : letter;
  }).join("");

  // The text of an element with the nodes it is spread over, so that a hit may cross a mark.
  const reading = (element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      nodes.push([text.length, node]);
      text += node.data;
    }
    return { text: fold(text), nodes };
  };
  const readings = new Map();
  const read = (element) => {
    if (!readings.has(element)) readings.set(element, reading(element));
    return readings.get(element);
  };
  const spot = (nodes, at) => {
    let low = 0;
    for (let high = nodes.length; low + 1 < high;) {
      const middle = (low + high) >> 1;
      if (nodes[middle][0] <= at) low = middle; else high = middle;
    }
    return [nodes[low][1], at - nodes[low][0]];
  };
  const found = (element, wanted) => {
    const { text, nodes } = read(element);
    const ranges = [];
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      const range = document.createRange();
      range.setStart(...spot(nodes, at));
      const [last, end] = spot(nodes, at + wanted.length - 1);
      range.setEnd(last, end + 1);
      ranges.push(range);
    }
    return ranges;
  };
  const highlight = (name, ranges) => {
    if (!CSS.highlights) return;
    if (ranges.length) CSS.highlights.set(name, new Highlight(...ranges.slice(0, 5000)));
    else CSS.highlights.delete(name);
  };

  const has = (list, one) => (one === "" ? !list : list.split(" ").includes(one)); // "" is whoever has no label
  const fits = (item, wanted) => {
    const { speakers, topic: about_, asked, answered } = item.dataset;
    if (speaker?.value && !has(speakers, speaker.value)) return false;
    if (topic?.value && about_ !== topic.value) return false;
    if (unanswered.checked && !("unanswered" in item.dataset || "open" in item.dataset)) return false;
    if (exchange) {
      if (!has(asked ?? "-", exchange.from)) return false;
      if (exchange.to === null ? !("unanswered" in item.dataset) : !has(answered, exchange.to)) return false;
    }
    return !wanted || read(item).text.includes(wanted);
  };

  const apply = () => {
    const wanted = fold(query.value.trim());
    const narrowed = Boolean(speaker?.value || topic?.value || unanswered.checked || exchange);
    const filtering = narrowed || Boolean(wanted);
    let shown = 0;
    for (const item of items) {
      item.hidden = filtering && !fits(item, wanted);
      if (!item.hidden) shown += 1;
    }
    for (const sentence of sentences) {
      sentence.hidden = filtering && (narrowed || !read(sentence).text.includes(wanted));
      if (wanted && !sentence.hidden) shown += 1;
    }
    for (const group of groups) {
      group.hidden = filtering && !group.matches(".exchanges")
        && !group.querySelector(".item:not([hidden]), .sentence:not([hidden])");
    }
    clearing.hidden = !filtering;
    byId("page-nothing").hidden = !filtering || shown > 0;
    const inSource = wanted && source ? all(".turn, .block", source).flatMap((block) => found(block, wanted)) : [];
    const inDigest = wanted ? [...items, ...sentences].filter((item) => !item.hidden).flatMap((item) => found(item, wanted)) : [];
    hits = inSource;
    hit = -1;
    highlight("search", [...inDigest, ...inSource]);
    highlight("search-here", []);
    if (wanted) announce(hits.length ? "found_hint" : "found", { shown, hits: hits.length });
    else if (exchange) announce("exchange_shown", { ...exchange.names, shown });
    else if (narrowed) announce("shown", { shown, all: items.length });
    else announce();
  };
  const clear = () => {
    query.value = "";
    unanswered.checked = false;
    for (const select of [speaker, topic]) if (select) select.value = "";
    exchange = null;
    apply();
  };
  const nextHit = (step) => {
    if (!hits.length) return;
    hit = (hit + step + hits.length) % hits.length;
    highlight("search-here", [hits[hit]]);
    showSource(true);
    scrollSource(hits[hit].startContainer.parentElement);
    const turn = turnOf.get(hits[hit].startContainer.parentElement.closest(".turn")?.id);
    if (turn) locate(turn);
    announce("hit", { at: hit + 1, hits: hits.length });
  };

  // --- what the reader does ------------------------------------------------------------------------------------

  const reader = {
    ".turn .turn-number": (button) => { const turn = turnOf.get(button.closest(".turn").id); toDigest(turn, null, button); },
    "a[data-finding]": (link) => toSource(byId(link.dataset.finding), undefined, link),
    "a[data-turn]": (link) => {
      const item = link.closest(".statement, .sentence, .note");
      if (item && source) toSource(item, link.dataset.turn, link);
      else if (item) toDigest(turnOf.get(link.dataset.turn), null, link);
      else goToTurn(turnOf.get(link.dataset.turn), true);
    },
    "td button": (button) => {
      const name = (index) => (index === null ? say("unanswered") : speaker?.querySelector(`option[value="${Number(index)}"]`)?.textContent ?? say("nobody"));
      const [from, to] = [button.dataset.from, button.dataset.to ?? null];
      clear();
      exchange = { from, to, names: { asker: name(from), answerer: name(to) } };
      apply();
      scrollDigest(items.find((item) => !item.hidden));
    },
    "#page-toggle": () => showSource(body.hasAttribute("data-closed")),
    "#page-back": goBack,
    "#page-clear": () => { clear(); query.focus(); },
    "#page-strip rect[data-turn]": (bar) => goToTurn(turnOf.get(bar.dataset.turn), false),
    "#page-strip": (_, event) => {
      const at = (event.clientX - strip.getBoundingClientRect().left) / strip.clientWidth;
      const bars = all("rect[data-turn]", strip);
      const before = bars.filter((bar) => Number(bar.getAttribute("x")) <= at * 1000).pop() ?? bars[0];
      goToTurn(turnOf.get(before.dataset.turn), false);
    },
  };
  // A click on text is a choice unless it ends a selection.
  const onText = {
    ".source mark": (mark) => {
      const turn = turnOf.get(mark.closest(".turn")?.id);
      if (turn) toDigest(turn, mark.dataset.of.split(" "), mark.closest(".turn"));
    },
    ".source .turn": (turn) => toDigest(turnOf.get(turn.id), null, turn),
    "[data-source] .statement, [data-source] .sentence": (item) => {
      const link = item.querySelector("a[data-turn]");
      if (link) toSource(item, link.dataset.turn, link);
    },
  };
  document.addEventListener("click", (event) => {
    for (const [selector, act] of Object.entries(reader)) {
      const element = event.target.closest(selector);
      if (!element) continue;
      event.preventDefault();
      act(element, event);
      return;
    }
    if (event.target.closest("a, button, summary, input, select, label") || !getSelection().isCollapsed) return;
    for (const [selector, act] of Object.entries(onText)) {
      const element = event.target.closest(selector);
      if (element) { act(element); return; }
    }
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented) {
      if (event.target === query && query.value) clear(); else goBack();
    }
  });
  strip?.addEventListener("keydown", (event) => {
    const at = Number(strip.getAttribute("aria-valuenow")) - 1;
    const steps = { ArrowLeft: at - 1, ArrowDown: at - 1, ArrowRight: at + 1, ArrowUp: at + 1, Home: 0, End: turns.length - 1, PageDown: at - 10, PageUp: at + 10 };
    if (event.key === "Enter") goToTurn(turns[at], true);
    else if (event.key in steps) goToTurn(turns[Math.min(Math.max(steps[event.key], 0), turns.length - 1)], false);
    else return;
    event.preventDefault();
  });
  strip?.addEventListener("pointerover", (event) => {
    const turn = turnOf.get(event.target.dataset.turn);
    if (turn) strip.title = say("not_made", { ...about(turn), outcome: say(turn.outcome) });
  });

  let typing = 0;
  query.addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(() => { typing = 0; apply(); }, 150); });
  query.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    if (typing) { clearTimeout(typing); typing = 0; apply(); }
    nextHit(event.shiftKey ? -1 : 1);
  });
  for (const control of [speaker, topic, unanswered]) {
    control?.addEventListener("change", () => { exchange = null; apply(); });
  }

  for (const choice of all("input[name=view]")) {
    choice.addEventListener("change", () => {
      body.dataset.view = choice.value;
      const language = choice.value === "second" ? "second" : "first";
      document.documentElement.lang = byId("page-tools").querySelector(`.ui.${language}`).lang;
      for (const option of all("option[data-second]")) option.textContent = option.dataset[language];
      apply();
      measure();
    });
  }

  // --- at the start --------------------------------------------------------------------------------------------

  const measure = () => {
    const tools = document.querySelector(".tools");
    document.documentElement.style.setProperty("--tools", `${tools.offsetHeight}px`);
  };
  new ResizeObserver(measure).observe(document.querySelector(".tools"));
  if (turns.length) locate(turns[0]);
  byId("page-here")?.setAttribute("width", "0"); // nothing is chosen yet
  showSource(!phone.matches);

  const arrive = () => {
    const wanted = byId(decodeURIComponent(location.hash.slice(1)));
    if (!wanted) return;
    if (turnOf.has(wanted.id)) goToTurn(turnOf.get(wanted.id), false);
    else if (wanted.matches(".statement, .sentence, .pair")) { darken(); light([wanted], "chosen"); }
  };
  addEventListener("hashchange", arrive);
  arrive();
})();
