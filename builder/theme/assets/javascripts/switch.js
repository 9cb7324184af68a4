// Shows an article in the other Chinese script and back. The original's text is kept word for word and put back as it was.

const WHITE_SPACE = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]/u;
const MEMORY = "__script";
const button = document.querySelector("button[data-variant]");

if (button) {
  const heading = document.querySelector(".article-head h1");
  const head = document.querySelector(".article-head");
  const foot = document.querySelector(".article-foot");
  const root = document.documentElement;
  const own = { lang: root.lang, label: button.textContent, labelLang: button.lang, title: document.title };
  let variant = null;
  let shown = false;
  let originals = [];

  const bodyTexts = () => {
    const texts = [];
    const walker = document.createTreeWalker(head.parentNode, NodeFilter.SHOW_TEXT, (node) =>
      head.contains(node) || foot.contains(node) || node.parentNode.className === "cite" ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
    );
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  };

  const show = () => {
    const texts = bodyTexts();
    const converted = overlay(texts.map((node) => node.data), variant);
    if (!converted) throw new Error("the page and its other script do not fit each other");
    originals = texts.map((node) => [node, node.data]);
    const headline = heading.firstChild;
    originals.push([headline, headline.data]);
    texts.forEach((node, number) => {
      if (node.data !== converted[number]) node.data = converted[number];
    });
    headline.data = variant.title;
    document.title = own.title.replace(originals.at(-1)[1], () => variant.title);
    root.lang = variant.lang;
    button.textContent = button.dataset.back;
    button.lang = own.lang;
    shown = true;
  };

  const restore = () => {
    for (const [node, text] of originals) if (node.data !== text) node.data = text;
    document.title = own.title;
    root.lang = own.lang;
    button.textContent = own.label;
    button.lang = own.labelLang;
    shown = false;
  };

  const change = async () => {
    if (shown) {
      restore();
      return;
    }
    button.disabled = true;
    try {
      variant ??= await fetched(button.dataset.variant);
      show();
    } catch {
      button.textContent = button.dataset.failed;
    } finally {
      button.disabled = false;
    }
  };

  button.addEventListener("click", async () => {
    await change();
    window.__md_set(MEMORY, root.lang);
  });
  if (window.__md_get(MEMORY) === own.labelLang) change();
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

// Lays the converted text, which has no white space, over the page's texts, which have theirs; null where the lengths differ.
function overlay(texts, { length, text, shifts }) {
  const characters = [...text];
  const widths = new Map(shifts.map(([start, before, after]) => [start, [before, after]]));
  let position = 0;
  let taken = 0;
  let swallow = 0;
  const laid = texts.map((original) => {
    let result = "";
    for (const character of original) {
      if (WHITE_SPACE.test(character)) {
        result += character;
        continue;
      }
      if (swallow > 0) {
        swallow -= 1;
      } else if (widths.has(position)) {
        const [before, after] = widths.get(position);
        result += characters.slice(taken, taken + after).join("");
        taken += after;
        swallow = before - 1;
      } else {
        result += characters[taken];
        taken += 1;
      }
      position += 1;
    }
    return result;
  });
  return position === length && taken === characters.length ? laid : null;
}
