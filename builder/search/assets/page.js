// The search page: a form whose state is the address, and the results under it.

import { connected } from "./connecting.js";
import { labels, said } from "./labels.js";
import { addressOf, badgeOf, element, factsOf, pieces, summaryOf } from "./showing.js";

const PAUSE = 120;
const FIRST = 1;
const STEP = 24;
const SCRIPTS = { "zh-Hans": "hans", "zh-Hant": "hant", en: "en" };
const FILTERS = ["source", "topic", "year", "script"];
const form = document.getElementById("search-page");

if (form) {
  const status = document.getElementById("search-page-status");
  const notes = document.getElementById("search-page-notes");
  const list = document.getElementById("search-page-results");
  const more = document.getElementById("search-page-more");
  const field = form.elements.query;
  const help = document.getElementById("search-page-hint");
  const root = new URL(form.dataset.root, document.baseURI);
  const asking = connected(new URL(form.dataset.folder, document.baseURI));
  let limit = STEP;
  let timer = 0;
  let isComposing = false;
  let without = [];

  const ask = async () => {
    const { query, sort, ...filters } = stateOf(form);
    if (!query.trim()) return show({ hits: [], widened: [], meant: [], facets: {} }, "");
    const slow = setTimeout(() => (status.textContent = labels.busy), PAUSE);
    list.setAttribute("aria-busy", "true");
    const options = { limit, sort: sort || "relevance", filters, facets: true, without };
    // The best one comes first, and costs little; then all, counted, whose better order replaces them.
    if (limit === STEP && sort !== "date") {
      const first = await asking("query", { text: query, options: { ...options, limit: FIRST, facets: false, isFirst: true } });
      if (first.answer?.hits.length) list.replaceChildren(...first.answer.hits.map((hit) => itemOf(hit, root)));
    }
    const { answer, fault, topics } = await asking("query", { text: query, options });
    clearTimeout(slow);
    if (fault) return show({ hits: [], widened: [], meant: [], facets: {} }, labels[fault]);
    for (const facet of FILTERS) fill(form.elements[facet], answer.facets[facet] ?? {}, answer.isExact, (value) => named(facet, value, topics));
    return show(answer, summaryOf(answer));
  };

  const show = (answer, text) => {
    status.textContent = text;
    list.removeAttribute("aria-busy");
    form.dataset.answered = field.value;
    list.replaceChildren(...answer.hits.map((hit) => itemOf(hit, root)));
    notes.replaceChildren(...notesOf(answer));
    more.hidden = !answer.hasMore || answer.hits.length < limit;
  };

  // Other names that were searched for, each with a button that takes it back; what else may have been meant.
  const notesOf = (answer) => {
    const widened = answer.widened.map(({ typed, names }) => {
      const buttons = names.map((name) => {
        const button = element("button", { type: "button", className: "search-page__name", title: said("without", { name }) }, name, " ×");
        button.setAttribute("aria-label", said("without", { name }));
        button.addEventListener("click", () => {
          without = [...without, name];
          ask();
        });
        return button;
      });
      return element("p", { className: "search-page__facts" }, said("widened", { typed }), ...buttons);
    });
    const meant = (answer.meant ?? []).map((text) => element("a", { href: `?${new URLSearchParams({ query: text })}` }, text));
    if (meant.length) widened.unshift(element("p", { className: "search-page__meant" }, labels.meant, ...meant.flatMap((link) => [link, " "])));
    if (answer.total === 0 && field.value.trim()) widened.push(element("p", { className: "search-page__facts" }, labels.none_hint));
    return widened;
  };

  const changed = (isKept) => {
    limit = STEP;
    const address = new URL(window.location.href);
    address.search = new URLSearchParams(Object.entries(stateOf(form))).toString();
    address.hash = "";
    if (isKept && address.href !== window.location.href) window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
    return ask();
  };

  form.addEventListener("compositionstart", () => {
    isComposing = true;
  });
  form.addEventListener("compositionend", () => {
    isComposing = false;
    changed(false);
  });
  form.addEventListener("input", (event) => {
    if (isComposing) return;
    clearTimeout(timer);
    if (event.target === field) without = [];
    timer = setTimeout(() => changed(false), event.target === field ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    changed(true);
  });
  more.addEventListener("click", async () => {
    const first = list.children.length;
    limit += STEP;
    await ask();
    list.children[first]?.querySelector("a").focus();
  });
  window.addEventListener("popstate", () => {
    restore(form);
    ask();
  });
  window.addEventListener("online", ask);

  more.textContent = labels.more;
  const early = field.value;
  restore(form);
  if (early) field.value = early;
  form.hidden = false;
  help.open = !field.value;
  if (!field.value) field.focus();
  asking("warm", { warm: true }).then((answer) => answer.root && help.lastElementChild.append(labels.examples, ...examplesOf(answer.root)));
  if (early) changed(false);
  else ask();
}

// Queries that show how to search, with the archive's own words, each to be followed.
function examplesOf({ examples: [one, other], sources, topics, newest }) {
  const quoted = (value) => (/\s/.test(value) ? `"${value}"` : value);
  const [source, topic] = [Object.keys(sources)[0], Object.values(topics)[0]];
  const queries = [
    ...(other ? [`${one} ${other}`, `${one} OR ${other}`, `${one} -${other}`, `"${other}"`, said("in_title", { value: one })] : []),
    ...(source ? [said("in_source", { value: quoted(source) })] : []),
    ...(topic ? [said("in_topic", { value: quoted(topic) })] : []),
    ...(newest ? [`${newest}-01..${newest}-06`] : []),
  ];
  return queries.flatMap((text, place) => [place ? " · " : "", element("a", { href: `?${new URLSearchParams({ query: text })}` }, text)]);
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

// A filter's choices with their counts, where they are counted; what is chosen stays, whether or not it has results.
function fill(select, counts, isExact, name) {
  const chosen = select.value;
  const values = Object.keys(counts).filter(Boolean);
  if (chosen && !values.includes(chosen)) values.push(chosen);
  const newestFirst = select.name === "year";
  const byCount = (one, other) => (counts[other] ?? 0) - (counts[one] ?? 0) || (one < other ? -1 : 1);
  values.sort(newestFirst ? (one, other) => other.localeCompare(one) : byCount);
  const options = values.map((value) => new Option(`${name(value)} (${isExact ? "" : "≥ "}${counts[value] ?? 0})`, value));
  select.replaceChildren(new Option(labels.any, ""), ...options);
  select.value = chosen;
}

function named(facet, value, topics) {
  if (facet === "topic") return topics[value] ?? value;
  return facet === "script" ? labels[SCRIPTS[value]] ?? value : value;
}

function itemOf(hit, root) {
  const link = element("a", { href: addressOf(hit, root) }, ...pieces(hit.title));
  const others = (hit.others ?? []).map(({ place, section }) => element("a", { href: addressOf(hit, root, place) }, section));
  const item = element(
    "li",
    { className: "search-page__result" },
    element("p", { className: "search-page__title" }, ...badgeOf(hit), link),
    element("p", { className: "search-page__facts" }, factsOf(hit)),
    element("p", { className: "search-page__excerpt" }, ...pieces(hit.excerpt)),
    others.length ? element("p", { className: "search-page__facts" }, labels.sections, ...others.flatMap((other, place) => (place ? [" · ", other] : [other]))) : null,
  );
  if (hit.language) item.lang = hit.language;
  return item;
}
