// Lights facts and their boxes, takes keys, and judges without loading the page anew. Every page works without it.
"use strict";

(() => {
  const scroll = document.querySelector(".pages-scroll");
  if (!scroll || !document.querySelector("[data-keys]")) return;
  const said = document.querySelector("[data-said]");
  const help = document.querySelector("[data-keys]");
  const keysOn = document.querySelector("[data-keys-on]");
  const list = document.querySelector("ol.facts");
  const label = document.querySelector("[data-page-label]");
  const facts = () => [...document.querySelectorAll("li.fact")];
  const factOf = (id) => document.getElementById(`fact-${id}`);
  const boxOf = (id) => scroll.querySelector(`rect[data-box="${CSS.escape(id)}"]`);
  let current = null; // id of the fact that keys act on
  let judgedLast = null;
  let silence = 0;

  function tell(text) {
    said.textContent = text;
    clearTimeout(silence);
    silence = setTimeout(() => { said.textContent = ""; }, 6000);
  }

  // --- lighting -----------------------------------------------------------------------------------------------

  function placesOf(fact) {
    const box = boxOf(fact.dataset.card);
    if (box) return [box];
    if (!fact.dataset.lines) return [];
    const [first, last] = fact.dataset.lines.split(" ").map(Number);
    const page = fact.dataset.page || 1;
    const lines = [];
    for (let number = first; number <= Math.min(last, first + 500); number += 1) {
      const line = document.getElementById(`p${page}-l${number}`);
      if (line) lines.push(line);
    }
    return lines;
  }

  function light(fact, { follow = false } = {}) {
    document.querySelectorAll(".lit").forEach((one) => one.classList.remove("lit"));
    if (!fact) return;
    fact.classList.add("lit");
    const places = placesOf(fact);
    places.forEach((one) => one.classList.add("lit"));
    if (follow && places.length) bring(places[0]);
  }

  function bring(place) {
    const box = place.getBoundingClientRect();
    const frame = scroll.getBoundingClientRect();
    const top = Math.max(frame.top, 0); // the frame may reach beyond the window
    const bottom = Math.min(frame.bottom, innerHeight);
    const aside = box.left < frame.left || box.right > frame.right;
    if (box.top < top + 12 || box.bottom > bottom - 12 || aside) {
      scroll.scrollBy({
        top: box.top - top - Math.max(12, (bottom - top - box.height) / 3),
        left: aside ? box.left - frame.left - 24 : 0,
      });
    }
  }

  function choose(fact, { follow = true } = {}) {
    if (!fact) return;
    current = fact.dataset.card;
    fact.focus({ preventScroll: true });
    const box = fact.getBoundingClientRect();
    const roof = getComputedStyle(document.querySelector(".bench")).gridTemplateColumns.includes(" ")
      ? 0 : scroll.getBoundingClientRect().bottom;
    if (box.top < roof + 8 || box.bottom > innerHeight - 8) fact.scrollIntoView({ block: roof ? "start" : "center" });
    light(fact, { follow });
  }

  if (list) {
    list.addEventListener("pointerover", (event) => {
      const fact = event.target.closest("li.fact");
      if (fact) light(fact, { follow: false });
    });
    list.addEventListener("pointerleave", () => light(current && factOf(current)));
    list.addEventListener("focusin", (event) => {
      const fact = event.target.closest("li.fact");
      current = fact.dataset.card;
      light(fact, { follow: true });
    });
  }

  // A click goes to the smallest box under it; another click at the same place to the next larger one.
  function boxesAt(x, y) {
    return document.elementsFromPoint(x, y).filter((one) => one.matches("rect[data-box]"));
  }

  scroll.addEventListener("click", (event) => {
    if (!event.target.matches("rect[data-box]")) return;
    event.preventDefault();
    const ids = boxesAt(event.clientX, event.clientY).map((box) => box.dataset.box);
    const next = ids[(ids.indexOf(current) + 1) % ids.length];
    choose(factOf(next), { follow: false });
  });
  scroll.addEventListener("pointerover", (event) => {
    if (event.target.matches("rect[data-box]")) light(factOf(event.target.dataset.box));
  });
  scroll.addEventListener("pointerleave", () => light(current && factOf(current)));
  scroll.addEventListener("error", (event) => {
    if (!event.target.matches("img[data-failed]")) return;
    const note = document.createElement("p");
    note.className = "notice";
    note.textContent = event.target.dataset.failed;
    event.target.closest(".sheet").replaceWith(note);
  }, true);

  let pageShown = "1";
  const seen = new IntersectionObserver((entries) => {
    const shown = entries.filter((entry) => entry.isIntersecting);
    if (!shown.length) return;
    label.textContent = shown[0].target.dataset.label;
    pageShown = shown[0].target.dataset.page;
  }, { root: scroll, rootMargin: "-35% 0px -60% 0px" });
  scroll.querySelectorAll("figure.page").forEach((page) => seen.observe(page));

  const adding = document.querySelector("[data-add]");
  adding?.addEventListener("click", () => {
    const url = new URL(adding.href);
    url.searchParams.set("page", pageShown);
    adding.href = url;
  });

  let zoom = 1;
  function enlarge(step) {
    const middle = (scroll.scrollTop + scroll.clientHeight / 2) / scroll.scrollHeight;
    scroll.classList.remove(`zoom-${zoom}`);
    zoom = Math.min(4, Math.max(1, zoom + step));
    scroll.classList.add(`zoom-${zoom}`);
    scroll.scrollTop = middle * scroll.scrollHeight - scroll.clientHeight / 2;
  }
  document.querySelector("[data-zoom]").hidden = false;
  document.querySelector("[data-larger]").addEventListener("click", () => enlarge(1));
  document.querySelector("[data-smaller]").addEventListener("click", () => enlarge(-1));

  // --- judging ------------------------------------------------------------------------------------------------

  async function fetchCard(url, options = {}) {
    const answer = await fetch(url, { ...options, headers: { "X-Fragment": "card", ...options.headers } });
    const html = await answer.text();
    const holder = document.createElement("template");
    holder.innerHTML = html;
    return { answer, card: holder.content.querySelector("li.fact"), page: holder.content };
  }

  function put(card) {
    const old = document.getElementById(card.id);
    const open = old.querySelector("details")?.open;
    old.replaceWith(card);
    if (open && card.querySelector("details")) card.querySelector("details").open = true;
    return card;
  }

  function remove(fact) {
    const neighbour = fact.nextElementSibling ?? fact.previousElementSibling;
    boxOf(fact.dataset.card)?.parentElement.remove();
    fact.remove();
    choose(neighbour);
  }

  async function judge(form, action, { advance = false } = {}) {
    const fact = form.closest("li.fact");
    const body = new URLSearchParams(new FormData(form));
    body.set("action", action);
    try {
      const { answer, card, page } = await fetchCard(form.getAttribute("action"), { method: "POST", body });
      if (answer.redirected) { location.assign(answer.url); return; }
      const progress = decodeURIComponent(answer.headers.get("X-Progress") ?? "");
      if (progress) document.querySelector("[data-progress]").textContent = progress;
      const told = decodeURIComponent(answer.headers.get("X-Said") ?? "");
      if (!card && answer.ok) { remove(fact); tell(told); return; }
      if (!card) { tell(page.querySelector("[role=alert]")?.textContent ?? said.dataset.failed); return; }
      const fresh = put(card);
      tell(told);
      if (!answer.ok) { choose(fresh); fresh.querySelector("[aria-invalid], input:not([type=hidden])")?.focus(); return; }
      judgedLast = action === "undo" ? null : fact.dataset.card;
      const all = facts();
      const next = advance ? all[all.indexOf(fresh) + 1] : null;
      choose(next ?? fresh);
      if (next) tell(`${told} ${fresh.querySelector(".fact-head").textContent.trim().slice(0, 80)}`);
    } catch {
      tell(said.dataset.failed);
    }
  }

  async function edit(fact) {
    const link = fact.querySelector("[data-edit]");
    if (!link) return;
    try {
      const { card } = await fetchCard(link.href);
      if (!card) { location.assign(link.href); return; }
      const fresh = put(card);
      current = fresh.dataset.card;
      const input = fresh.querySelector(".inputs input, .inputs select, .inputs textarea");
      input.focus();
      if (input.select) input.select();
    } catch {
      tell(said.dataset.failed);
    }
  }

  async function leave(fact) {
    const url = new URL(fact.querySelector("form.edit").getAttribute("action"), location.href);
    url.pathname = url.pathname.replace(/^\/judge\//, "/edit/");
    url.searchParams.set("form", "no");
    try {
      const { card } = await fetchCard(url);
      if (card) choose(put(card));
    } catch {
      tell(said.dataset.failed);
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest("li.fact")) return;
    event.preventDefault();
    judge(form, event.submitter?.value ?? "correct");
  });
  document.addEventListener("click", (event) => {
    const fact = event.target.closest("li.fact");
    if (!fact || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (event.target.closest("[data-edit]")) { event.preventDefault(); edit(fact); }
    else if (event.target.closest("[data-cancel]")) { event.preventDefault(); leave(fact); }
    else if (event.target.closest("[data-show]")) { event.preventDefault(); choose(fact); }
  });

  // --- keys ---------------------------------------------------------------------------------------------------

  function step(by) {
    const all = facts();
    const at = all.findIndex((fact) => fact.dataset.card === current);
    choose(all[at < 0 ? 0 : Math.min(all.length - 1, Math.max(0, at + by))]);
  }

  function press(action) {
    let fact = current && factOf(current);
    if (action === "undo" && !fact?.querySelector("button.undo") && judgedLast) fact = factOf(judgedLast);
    const button = fact?.querySelector(`form.actions button[value="${action}"]`);
    if (button) judge(button.form, action, { advance: action !== "undo" });
  }

  const keys = {
    j: () => step(1),
    k: () => step(-1),
    a: () => press("accept"),
    r: () => press("reject"),
    u: () => press("undo"),
    e: () => { const fact = current && factOf(current); if (fact) edit(fact); },
    n: () => adding?.click(),
    "?": () => help.showModal(),
  };

  keysOn.checked = localStorage.getItem("vanban.keys") !== "off";
  keysOn.addEventListener("change", () => localStorage.setItem("vanban.keys", keysOn.checked ? "on" : "off"));
  const helpButton = document.querySelector("[data-help]");
  helpButton.hidden = false;
  helpButton.addEventListener("click", () => help.showModal());

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest?.("input, textarea, select");
    if (event.key === "Escape" && typing?.closest("form.edit")) { leave(typing.closest("li.fact")); return; }
    if (typing || help.open || !keysOn.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.isComposing || event.repeat && !"jk".includes(event.key)) return;
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  // A link to a fact: where the list is too long to show all, the page that has it is asked for.
  const named = location.hash.startsWith("#fact-") && decodeURIComponent(location.hash.slice(6));
  if (named && factOf(named)) choose(factOf(named));
  else if (named && !location.search.includes("fact=")) {
    location.replace(`${location.pathname}?fact=${encodeURIComponent(named)}${location.hash}`);
  }
})();
