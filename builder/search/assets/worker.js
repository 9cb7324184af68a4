// The worker: answers the theme's search box in its own protocol (0 setup, 1 ready, 2 query, 3 result), and the search
// page in ours.

import { labelsFor } from "./labels.js";
import { questionsOf } from "./parsing.js";
import { openIndex, search } from "./querying.js";

const SETUP = 0;
const READY = 1;
const QUERY = 2;
const RESULT = 3;
const PAUSE = 40;
const REST = 400;
const FIRST = 4;
const SHOWN = 12;
const FIRST_ANSWER = { limit: FIRST, widen: false };
const WHOLE_ANSWER = { limit: SHOWN, widen: true };
const MOST_MARKS = 6;

const labels = labelsFor(new URL(self.location).searchParams.get("lang"));
const folder = new URL("data/", self.location).href;
// The pages ask for the catalogue anew before the first query, so that it fits the shards; here it comes from the cache.
const index = openIndex(folder);
let latest = 0;
let timer = 0;

self.addEventListener("message", ({ data }) => {
  if (data.type === SETUP) self.postMessage({ type: READY });
  else if (data.type === QUERY) soon(data.data);
  else if (data.ask) answerPage(data);
});

// Keystrokes wait for the next one, and an answer that has been overtaken is dropped. The first results come at once,
// the others when the reader stays with them.
function soon(text) {
  latest += 1;
  const turn = latest;
  const answerWith = async (options) => {
    const items = await boxItems(text, options);
    if (turn !== latest) return;
    self.postMessage({ type: RESULT, data: { items } });
    const isPart = items.length > FIRST || (index.catalogue && questionsOf(index, text).length > 1);
    if (options === FIRST_ANSWER && isPart) timer = setTimeout(answerWith, REST, WHOLE_ANSWER);
  };
  clearTimeout(timer);
  timer = setTimeout(answerWith, PAUSE, FIRST_ANSWER);
}

async function boxItems(text, options) {
  try {
    const answer = await search(index, text, options);
    const items = answer.hits.map((hit, place) => boxItem(hit, SHOWN - place));
    if (answer.total > items.length) items.push([allItem(text, answer)]);
    if (items.length) items[0][0].title += note(noteOf(answer));
    return items;
  } catch (error) {
    console.error(error);
    const title = escaped(labels.faultTitle) + note(labels.fault);
    return [[{ location: "search/index.html", title, text: escaped(labels.fault), score: 0, terms: {} }]];
  }
}

function noteOf(answer) {
  const count = answer.near ? labels.nearNote : labels.count(answer.total, answer.exact);
  return [count, ...(answer.widened.length ? [labels.widened(answer.widened)] : [])].join(" · ");
}

// The theme counts items; box.js shows this note instead.
function note(text) {
  return `<span hidden data-search-note="${escaped(text)}"></span>`;
}

// Enter follows the highest score: the first result, and in it the passage.
function boxItem(hit, score) {
  const facts = [hit.near && labels.near, hit.name && labels.widened([hit.name]), hit.source, hit.date];
  const tags = facts.filter(Boolean).map(escaped);
  const [address] = hit.place.split("#");
  const page = { location: address, title: html(hit.title), text: "", tags, score, terms: marksOf(hit) };
  const passage = `<p>${html(hit.excerpt)}</p>`;
  if (hit.place === address) return [{ ...page, text: passage }];
  const section = { location: hit.place, title: escaped(hit.section || "§"), text: passage, tags: undefined, score: score + 0.5 };
  return [page, { ...page, ...section }];
}

function allItem(text, answer) {
  const address = `search/index.html?${new URLSearchParams({ query: text })}`;
  return { location: address, title: escaped(labels.all(answer.total, answer.exact)), text: "", score: -1, terms: {} };
}

// What is marked in the page after the click: the passage's own words, in its own script.
function marksOf(hit) {
  const marked = [...hit.title, ...hit.excerpt].filter(([, isMarked]) => isMarked).map(([text]) => text);
  return Object.fromEntries([...new Set(marked)].slice(0, MOST_MARKS).map((text) => [text, true]));
}

function html(pieces) {
  return pieces.map(([text, isMarked]) => (isMarked ? `<mark>${escaped(text)}</mark>` : escaped(text))).join("");
}

function escaped(text) {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

async function answerPage({ ask, text, options }) {
  try {
    const answer = await search(index, text, options);
    self.postMessage({ ask, answer, topics: index.catalogue.topics });
  } catch (error) {
    console.error(error);
    self.postMessage({ ask, fault: String(error.message) });
  }
}
