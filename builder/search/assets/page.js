// The search page: a form whose state is the address, and the list of results.

import { labelsFor } from "./labels.js";

const PAUSE = 150;
const STEP = 24;
const FILTERS = ["source", "topic", "year", "script"];
const form = document.getElementById("search-page");

if (form) {
  const labels = labelsFor(document.documentElement.lang);
  const status = document.getElementById("search-page-status");
  const list = document.getElementById("search-page-results");
  const more = document.getElementById("search-page-more");
  const root = new URL(form.dataset.root, document.baseURI);
  const worker = new Worker(form.dataset.worker);
  let asked = 0;
  let limit = STEP;
  let timer = 0;
  let composing = false;

  const ask = () => {
    asked += 1;
    const { query, sort, ...filters } = stateOf(form);
    if (!query.trim()) return show({ hits: [], total: 0 }, "");
    status.textContent ||= labels.busy;
    return worker.postMessage({ ask: asked, text: query, options: { limit, sort: sort || "relevance", filters, facets: true } });
  };

  const show = (answer, text) => {
    status.textContent = text;
    list.replaceChildren(...answer.hits.map((hit) => itemOf(hit, root, labels)));
    more.hidden = answer.near || answer.total <= answer.hits.length;
  };

  const changed = (keep) => {
    limit = STEP;
    const address = new URL(window.location.href);
    address.search = new URLSearchParams(Object.entries(stateOf(form))).toString();
    address.hash = "";
    if (keep) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
    ask();
  };

  worker.addEventListener("message", ({ data }) => {
    if (data.ask !== asked) return;
    if (data.fault) {
      show({ hits: [], total: 0 }, labels.fault);
      return;
    }
    const { answer } = data;
    for (const facet of FILTERS) {
      fill(form.elements[facet], answer.facets[facet] ?? {}, (value) => named(facet, value, data.topics, labels), labels);
    }
    show(answer, summary(answer, labels));
  });
  worker.addEventListener("error", () => show({ hits: [], total: 0 }, labels.fault));

  form.addEventListener("compositionstart", () => {
    composing = true;
  });
  form.addEventListener("compositionend", () => {
    composing = false;
    changed(false);
  });
  form.addEventListener("input", (event) => {
    if (composing) return;
    clearTimeout(timer);
    timer = setTimeout(() => changed(false), event.target === form.elements.query ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    changed(true);
  });
  more.addEventListener("click", () => {
    const first = list.children.length;
    limit += STEP;
    new MutationObserver((_, observer) => {
      observer.disconnect();
      list.children[first]?.querySelector("a").focus();
    }).observe(list, { childList: true });
    ask();
  });
  window.addEventListener("popstate", () => {
    restore(form);
    ask();
  });

  more.textContent = labels.more;
  restore(form);
  form.hidden = false;
  if (!form.elements.query.value) form.elements.query.focus();
  // The catalogue must fit the shards, so it is asked for anew; an unchanged one costs an answer without a body.
  fetch(new URL("data/root.gz", new URL(form.dataset.worker, document.baseURI)), { cache: "no-cache" }).then(ask, ask);
}

// Only what is set, in the form's order: the shortest address that says the same.
function stateOf(form) {
  const state = { query: "" };
  for (const [name, value] of new FormData(form)) if (value || name === "query") state[name] = value;
  if (state.sort === "relevance") delete state.sort;
  return state;
}

function restore(form) {
  const wanted = new URL(window.location.href).searchParams;
  for (const field of form.elements) {
    if (!field.name) continue;
    const value = wanted.get(field.name) ?? (field.name === "sort" ? "relevance" : "");
    if (field.tagName === "SELECT" && ![...field.options].some((option) => option.value === value)) {
      field.add(new Option(value, value));
    }
    field.value = value;
  }
}

// A filter's choices with their counts; what is chosen stays, whether or not it has results.
function fill(select, counts, name, labels) {
  const chosen = select.value;
  const values = Object.keys(counts).filter(Boolean);
  if (chosen && !values.includes(chosen)) values.push(chosen);
  const newestFirst = select.name === "year";
  const byCount = (one, other) => (counts[other] ?? 0) - (counts[one] ?? 0) || (one < other ? -1 : 1);
  values.sort(newestFirst ? (one, other) => other.localeCompare(one) : byCount);
  const options = values.map((value) => new Option(`${name(value)} (${counts[value] ?? 0})`, value));
  select.replaceChildren(new Option(labels.any, ""), ...options);
  select.value = chosen;
}

function named(facet, value, topics, labels) {
  if (facet === "topic") return topics[value] ?? value;
  return facet === "script" ? labels.scripts[value] ?? value : value;
}

function summary(answer, labels) {
  const count = answer.near ? labels.nearNote : answer.total ? labels.count(answer.total, answer.exact) : labels.none;
  return [count, ...(answer.widened.length ? [labels.widened(answer.widened)] : [])].join(" · ");
}

function itemOf(hit, root, labels) {
  const address = new URL(hit.place, root);
  const marks = [...hit.title, ...hit.excerpt].filter(([, isMarked]) => isMarked).map(([text]) => text);
  address.searchParams.set("h", [...new Set(marks)].slice(0, 6).join(" "));
  const link = element("a", { href: address.href }, ...pieces(hit.title));
  const facts = [hit.source, hit.date || labels.undated, hit.section, hit.name && labels.widened([hit.name])].filter(Boolean);
  const near = hit.near ? [element("span", { className: "search-page__near" }, labels.near), " "] : [];
  const item = element(
    "li",
    { className: "search-page__result" },
    element("p", { className: "search-page__title" }, ...near, link),
    element("p", { className: "search-page__facts" }, facts.join(" · ")),
    element("p", { className: "search-page__excerpt" }, ...pieces(hit.excerpt)),
  );
  if (hit.language) item.lang = hit.language;
  return item;
}

function pieces(ofText) {
  return ofText.map(([text, isMarked]) => (isMarked ? element("mark", {}, text) : text));
}

function element(name, properties, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}
