// Every search box but the search page's own: what is typed is answered below the box; Enter goes to the search page.

import { connected } from "./connecting.js";
import { labels, said } from "./labels.js";
import { markWords } from "./marks.js";
import { addressOf, badgeOf, element, factsOf, pieces, summaryOf } from "./showing.js";

const PAUSE = 80;
const REST = 700;
const SHOWN = 4;

const forms = [...document.querySelectorAll("form[data-search]")];
const folder = forms.length ? new URL(forms[0].dataset.search, document.baseURI) : null;
const asking = folder ? connected(folder) : null;
forms.forEach(enliven);
markWords();

// The key / goes to the box that is to be seen.
if (forms.length) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, select, textarea")) return;
    const field = forms.map((form) => form.elements.query).find((one) => one.offsetParent);
    if (!field) return;
    event.preventDefault();
    field.focus();
  });
}

function enliven(form, number) {
  const field = form.elements.query;
  const panel = element("div", { className: "search-panel", id: `search-panel-${number}`, hidden: true });
  const options = element("div", { id: `search-options-${number}`, className: "search-panel__list", role: "listbox" });
  const status = element("p", { className: "search-panel__status", role: "status" });
  const root = new URL("..", folder);
  let active = -1;
  let timer = 0;
  let saying = 0;
  let isComposing = false;

  options.setAttribute("aria-label", labels.suggested);
  panel.append(status, options);
  form.append(panel);
  const roles = { role: "combobox", "aria-expanded": "false", "aria-controls": options.id, "aria-autocomplete": "list", "aria-haspopup": "listbox" };
  for (const [name, value] of Object.entries(roles)) field.setAttribute(name, value);

  const open = (isOpen) => {
    panel.hidden = !isOpen;
    field.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) choose(-1);
  };
  const choose = (place) => {
    options.children[active]?.removeAttribute("aria-selected");
    active = place;
    const chosen = options.children[active];
    if (!chosen) return field.removeAttribute("aria-activedescendant");
    chosen.setAttribute("aria-selected", "true");
    chosen.scrollIntoView({ block: "nearest" });
    return field.setAttribute("aria-activedescendant", chosen.id);
  };
  // What is heard waits until typing rests, and is said once.
  const say = (text) => {
    clearTimeout(saying);
    panel.dataset.status = text;
    saying = setTimeout(() => (status.textContent = text), status.textContent ? REST : 0);
  };
  const put = (items) => {
    options.replaceChildren(...items);
    items.forEach((item, place) => (item.id = `${options.id}-${place}`));
    choose(-1);
  };
  const ask = async () => {
    const text = field.value;
    if (!text.trim()) return open(false);
    open(true);
    if (!options.children.length) say(labels.busy);
    const { answer, fault } = await asking("query", { text, options: { limit: SHOWN, isTyping: true } });
    if (fault) {
      put([]);
      return say(labels[fault]);
    }
    const results = new URL(form.action);
    results.searchParams.set("query", text);
    const all = answer.hits.length ? [linked(results.href, [answer.isExact && !answer.near ? said("all_of", { count: answer.total }) : labels.all], "search-panel__all")] : [];
    put([...answer.hits.map((hit) => hitOf(hit, root)), ...all]);
    say(summaryOf(answer));
    const { suggestions } = await asking("suggest", { suggest: text });
    if (suggestions?.length && field.value === text) {
      const words = suggestions.map((word) => linked(`${form.action}?${new URLSearchParams({ query: word })}`, [word], "search-panel__word"));
      const kept = active < 0 ? -1 : active + words.length;
      put([...words, ...options.children]);
      choose(kept);
    }
    return null;
  };
  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  };

  field.addEventListener("compositionstart", () => {
    isComposing = true;
  });
  field.addEventListener("compositionend", () => {
    isComposing = false;
    soon();
  });
  field.addEventListener("input", () => isComposing || soon());
  field.addEventListener("focus", () => {
    asking("warm", { warm: true });
    if (field.value.trim() && panel.hidden) soon();
  });
  field.addEventListener("keydown", (event) => {
    const count = options.children.length;
    if (event.isComposing || isComposing) return;
    if (event.key === "Escape" && !panel.hidden) {
      event.preventDefault();
      open(false);
    } else if (count && !panel.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(active < 0 && step < 0 ? count - 1 : active + step >= count ? -1 : active + step);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      options.children[active].click();
    }
  });
  // What is typed is still there on the way back.
  form.addEventListener("click", (event) => event.target.closest("a") && keep());
  form.addEventListener("submit", () => keep());
  const keep = () => window.history.replaceState({ ...window.history.state, query: field.value }, "");
  document.addEventListener("pointerdown", (event) => form.contains(event.target) || open(false));
  form.addEventListener("focusout", ({ relatedTarget }) => relatedTarget && !form.contains(relatedTarget) && open(false));
  if (!field.value && field.offsetParent && window.history.state?.query) field.value = window.history.state.query;
  if (document.activeElement === field && field.value) soon();
}

function linked(href, children, className) {
  return element("a", { href, className, role: "option", tabIndex: -1 }, ...children);
}

function hitOf(hit, root) {
  const item = linked(
    addressOf(hit, root),
    [
      element("span", { className: "search-panel__title" }, ...badgeOf(hit), ...pieces(hit.title)),
      element("span", { className: "search-panel__facts" }, factsOf(hit)),
      element("span", { className: "search-panel__excerpt" }, ...pieces(hit.excerpt)),
    ],
    "search-panel__hit",
  );
  if (hit.language) item.lang = hit.language;
  return item;
}
