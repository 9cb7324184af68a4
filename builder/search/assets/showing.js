// Results as elements.

import { labels, said } from "./labels.js";

export const MOST_MARKS = 8;

export function element(name, properties = {}, ...children) {
  const { dataset, role, ...others } = properties;
  const made = Object.assign(document.createElement(name), others);
  if (role) made.setAttribute("role", role);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function pieces(ofText) {
  return ofText.map(([text, isMarked]) => (isMarked ? element("mark", {}, text) : text));
}

// What is said before the title of a hit that does not hold what was typed letter for letter.
export function badgeOf({ near, isOther }) {
  const text = near ? labels.near : isOther ? labels.other : "";
  return text ? [element("span", { className: "search-page__near" }, text), " "] : [];
}

// Where a hit leads: the passage, whose words are marked there.
export function addressOf(hit, root, place = hit.place) {
  const address = new URL(place, root);
  const marks = [...hit.title, ...hit.excerpt].filter(([, isMarked]) => isMarked).map(([text]) => text);
  const words = [...new Set(marks)].sort((one, other) => other.length - one.length).slice(0, MOST_MARKS);
  if (words.length) address.searchParams.set("h", words.join(" "));
  return address.href;
}

export function factsOf(hit) {
  return [hit.source, hit.date || labels.undated, hit.section, hit.names.length ? said("alias", { names: hit.names.join("、") }) : ""].filter(Boolean).join(" · ");
}

// What is said above the results.
export function summaryOf(answer) {
  if (!answer.hits.length) return [labels.none, answer.isPart && labels.part].filter(Boolean).join(" · ");
  const count = answer.near ? labels.near_note : said(answer.isExact && !answer.isPart ? "count" : "at_least", { count: answer.total });
  return [count, answer.isPart && labels.part].filter(Boolean).join(" · ");
}
