// Marks in a page what it was found by, and leads to the passage: the words come in the address.

const MOST_MARKED = 60;

export function markWords() {
  const words = (new URL(window.location.href).searchParams.get("h") ?? "").split(" ").filter(Boolean);
  const article = document.querySelector("article");
  if (!words.length || !article) return;
  const found = texts(article).flatMap((node) => placesIn(node.data, words).map(([from, to]) => [node, from, to]));
  const marks = found.slice(0, MOST_MARKED).reverse().map(([node, from, to]) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const mark = Object.assign(document.createElement("mark"), { className: "search-mark" });
    range.surroundContents(mark);
    return mark;
  });
  if (!window.location.hash) passageOf(marks.reverse(), words)?.scrollIntoView({ block: "center" });
}

function texts(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest("script, style, nav, header, footer, form, svg") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
  const nodes = [];
  while (walker.nextNode()) nodes.push(walker.currentNode);
  return nodes;
}

// Where words stand in a text, none over another.
function placesIn(text, words) {
  const lower = text.toLowerCase();
  const places = words.flatMap((word) => {
    const wanted = word.toLowerCase();
    const ofWord = [];
    for (let at = lower.indexOf(wanted); at >= 0; at = lower.indexOf(wanted, at + wanted.length)) ofWord.push([at, at + wanted.length]);
    return ofWord;
  });
  places.sort((one, other) => one[0] - other[0] || other[1] - one[1]);
  return places.filter(([from], place) => place === 0 || from >= Math.max(...places.slice(0, place).map(([, to]) => to)));
}

// The first mark of the paragraph in which most of the words stand.
function passageOf(marks, words) {
  const best = { mark: null, count: 0 };
  for (const mark of marks) {
    const block = mark.closest("p, li, td, h1, h2, h3, blockquote") ?? mark.parentElement;
    const held = words.filter((word) => block.textContent.toLowerCase().includes(word.toLowerCase()));
    const count = held.join("").length;
    if (count > best.count) Object.assign(best, { mark, count });
  }
  return best.mark;
}
