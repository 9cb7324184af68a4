// Shows a page in the other Chinese script and back. The dictionary comes when a reader first asks for it; the page's own
// text is kept word for word and put back as it was.

const IDEOGRAPHS = "[\u2e80-\u2fef\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]";
// A description of a character (⿰金口) is left alone, as OpenCC leaves it.
const RUNS = new RegExp(`[⿰-⿻]${IDEOGRAPHS}{2,3}|${IDEOGRAPHS}+`, "gu");
const APOSTROPHE = /(?<=[A-Za-z0-9])’/;
const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, td, th, dt, dd, figcaption, blockquote, summary, caption, label, option, button, div, section, nav, header, footer, article, body";
const SKIPPED = "script, style, noscript, textarea, input, select, pre, code, .switch, .as-printed";
const MEMORY = "__script";

const pairs = (items) => new Map(items.flatMap((item, number) => (number % 2 ? [] : [[item, items[number + 1]]])));

// Converts as OpenCC does: the longest phrase at each place, else the character.
function converter({ characters, phrases, marks }) {
  const single = pairs([...characters]);
  const whole = pairs(phrases.split(" "));
  const quotes = pairs([...marks]);
  const longest = new Map();
  for (const phrase of whole.keys()) {
    const start = [...phrase].slice(0, 2).join("");
    longest.set(start, Math.max(longest.get(start) ?? 0, [...phrase].length));
  }
  const run = (text) => {
    const from = [...text];
    let to = "";
    for (let start = 0; start < from.length; ) {
      let length = Math.min(longest.get(from[start] + from[start + 1]) ?? 1, from.length - start);
      while (length > 1 && !whole.has(from.slice(start, start + length).join(""))) length -= 1;
      to += length > 1 ? whole.get(from.slice(start, start + length).join("")) : (single.get(from[start]) ?? from[start]);
      start += Math.max(length, 1);
    }
    return to;
  };
  return (text) =>
    text
      .replace(RUNS, (found) => (/^[⿰-⿻]/.test(found) ? found : run(found)))
      .split(APOSTROPHE)
      .map((part) => part.replace(/[“”‘’「」『』]/g, (mark) => quotes.get(mark) ?? mark))
      .join("’");
}

const scriptOf = (lang) => (/^zh/i.test(lang) ? (/hant|tw|hk|mo/i.test(lang) ? "zh-Hant" : "zh-Hans") : null);

// Where this runs as a module of its own the converter is all that is wanted.
globalThis.chineseConverter = converter;

const button = globalThis.document?.querySelector("button.switch");
if (button) {
  const root = document.documentElement;
  const own = { lang: root.lang, label: button.textContent, title: document.title };
  const from = button.dataset.from;
  const originals = new Map();
  const langs = new Map();
  let convert = null;
  let target = "";

  const languageOf = (element) => {
    const holder = element.closest("[lang]");
    return langs.get(holder) ?? holder?.lang ?? "";
  };

  // Texts side by side in one block are one text: a phrase may begin in a link and end behind it.
  const groups = (top) => {
    const found = [];
    const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT);
    let last = null;
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const parent = node.parentElement;
      if (!parent || originals.has(node) || parent.closest(SKIPPED) || scriptOf(languageOf(parent)) !== from) continue;
      const block = parent.closest(BLOCKS);
      if (block !== last) found.push([]);
      last = block;
      found.at(-1).push(node);
    }
    return found;
  };

  const translate = (top) => {
    for (const nodes of groups(top)) {
      const whole = nodes.map((node) => node.data);
      const converted = [...convert(whole.join(""))];
      let taken = 0;
      nodes.forEach((node, number) => {
        const length = [...whole[number]].length;
        const text = converted.slice(taken, taken + length).join("");
        taken += length;
        if (text === whole[number]) return;
        originals.set(node, whole[number]);
        node.data = text;
      });
    }
  };

  const observer = new MutationObserver((changes) => {
    for (const { addedNodes } of changes) for (const node of addedNodes) if (node.isConnected) translate(node.nodeType === 3 ? node.parentNode : node);
  });

  const show = () => {
    translate(document.body);
    document.title = convert(own.title);
    for (const element of [root, ...document.querySelectorAll("[lang]")]) {
      if (scriptOf(element.lang) !== from || element === button) continue;
      langs.set(element, element.lang);
      element.lang = target;
    }
    button.textContent = button.dataset.back;
    button.lang = own.lang;
    root.classList.add("switched");
    observer.observe(document.body, { childList: true, subtree: true });
  };

  const restore = () => {
    observer.disconnect();
    root.classList.remove("switched");
    for (const [node, text] of originals) node.data = text;
    for (const [element, lang] of langs) element.lang = lang;
    originals.clear();
    langs.clear();
    document.title = own.title;
    button.textContent = own.label;
    button.lang = button.dataset.to;
  };

  const change = async () => {
    if (langs.size) {
      restore();
      return;
    }
    button.disabled = true;
    try {
      if (!convert) {
        const answer = await fetch(button.dataset.dictionary);
        if (!answer.ok) throw new Error(String(answer.status));
        const part = (await answer.json())[from];
        convert = converter(part);
        target = part.lang;
      }
      show();
    } catch {
      button.textContent = button.dataset.failed;
    } finally {
      button.disabled = false;
    }
  };

  button.addEventListener("click", async () => {
    await change();
    window.__md_set(MEMORY, langs.size ? button.dataset.to : button.dataset.from);
  });
  if (window.__md_get(MEMORY) === button.dataset.to) change();
}
