// Filters and sorts the table of all articles. The address holds the state; without any, the page's own table stands.

const PER_PAGE = 100;
const FILTERS = ["source", "topic", "year", "month", "script"];
const form = document.getElementById("filters");

if (form) {
  const table = document.getElementById("browse");
  const status = document.getElementById("filtered");
  const pages = document.getElementById("filtered-pages");
  const own = { bodies: [...table.tBodies], pager: document.querySelector("nav.pager") };
  let archive = null;

  const stateOf = () => {
    const asked = new URLSearchParams(window.location.search);
    const state = Object.fromEntries([...FILTERS, "sort"].map((name) => [name, asked.get(name) ?? ""]));
    return { ...state, page: Math.max(1, Number.parseInt(asked.get("page") ?? "1", 10) || 1) };
  };

  const addressOf = (state) => {
    const said = Object.entries(state).filter(([name, value]) => value && !(name === "page" && value === 1));
    const search = new URLSearchParams(said).toString();
    return window.location.pathname + (search ? `?${search}` : "");
  };

  const render = async () => {
    const state = stateOf();
    for (const [name, value] of Object.entries(state)) if (form.elements[name]) form.elements[name].value = value;
    const plain = addressOf({ ...state, page: 1 }) === window.location.pathname && state.page === 1;
    if (plain) {
      put(own.bodies);
      status.textContent = "";
      pages.hidden = true;
      if (own.pager) own.pager.hidden = false;
      return;
    }
    try {
      archive ??= await fetched(form.dataset.rows);
    } catch {
      status.textContent = form.dataset.failed;
      return;
    }
    const found = sorted(archive.articles.filter((article) => fits(article, state, archive)), state.sort, archive);
    const last = Math.max(1, Math.ceil(found.length / PER_PAGE));
    const page = Math.min(state.page, last);
    put([bodyOf(found.slice((page - 1) * PER_PAGE, page * PER_PAGE), archive, form)]);
    status.textContent = found.length ? form.dataset.count.replace("{count}", found.length) : form.dataset.none;
    if (own.pager) own.pager.hidden = true;
    pages.hidden = last === 1;
    pages.replaceChildren(...pageLinks(page, last).map((number) => pageLink(number, page, addressOf({ ...state, page: number }), form)));
  };

  const put = (bodies) => {
    for (const body of [...table.tBodies]) body.remove();
    table.append(...bodies);
  };

  form.addEventListener("change", () => {
    const state = Object.fromEntries([...FILTERS, "sort"].map((name) => [name, form.elements[name].value]));
    window.history.pushState(null, "", addressOf(state));
    render();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    window.history.pushState(null, "", window.location.pathname);
    render();
  });
  pages.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    window.history.pushState(null, "", link.href);
    render().then(() => table.scrollIntoView());
  });
  window.addEventListener("popstate", render);
  render();
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function fits([, , day, source, topics, script], state, archive) {
  return (
    (!state.source || archive.sources[source][0] === state.source) &&
    (!state.topic || topics.some((topic) => archive.topics[topic][0] === state.topic)) &&
    (!state.year || (day.slice(0, 4) || "undated") === state.year) &&
    (!state.month || day.slice(5, 7) === state.month) &&
    (!state.script || script === state.script)
  );
}

// The file is in order, newest first; the undated come last either way.
function sorted(articles, order, archive) {
  if (order === "oldest") return [...articles.filter((article) => article[2]).reverse(), ...articles.filter((article) => !article[2])];
  const key = { title: (article) => article[1], source: (article) => archive.sources[article[3]][1] }[order];
  if (!key) return articles;
  const { compare } = new Intl.Collator(document.documentElement.lang);
  return [...articles].sort((one, other) => compare(key(one), key(other)));
}

function bodyOf(articles, archive, { dataset }) {
  const body = document.createElement("tbody");
  for (const [id, title, day, source, topics, script] of articles) {
    const row = body.insertRow();
    const [slug, name] = archive.sources[source];
    cell(row, "day").append(day ? Object.assign(document.createElement("time"), { dateTime: day, textContent: day }) : dataset.undated);
    const headline = cell(row, "headline");
    headline.lang = script === "zh-Hant" ? "zh-Hant-TW" : script;
    headline.append(linkTo(`${id}.html`, title));
    cell(row, "outlet").append(linkTo(`../sources/${slug}.html`, name || dataset.unknown));
    cell(row, "subjects").append(...topics.map((topic) => linkTo(`../topics/${archive.topics[topic][0]}.html`, archive.topics[topic][1])));
  }
  return body;
}

function cell(row, name) {
  return Object.assign(row.insertCell(), { className: name });
}

function linkTo(address, text) {
  return Object.assign(document.createElement("a"), { href: address, textContent: text });
}

// The first, the last, and those around the page shown.
function pageLinks(page, last) {
  return Array.from({ length: last }, (_, index) => index + 1).filter(
    (number) => number === 1 || number === last || Math.abs(number - page) < 3,
  );
}

function pageLink(number, page, address, { dataset }) {
  const link = linkTo(address, String(number));
  link.setAttribute("aria-label", dataset.page.replace("{number}", number));
  if (number === page) link.setAttribute("aria-current", "page");
  return link;
}
