// What the theme's search box lacks: it waits for input methods, and says what kind of results it shows.

const box = document.querySelector('[data-md-component="search-query"]');
const catalogue = new URL("data/root.gz", document.currentScript.src);
const result = document.querySelector('[data-md-component="search-result"]');

if (box && result) {
  let composing = false;
  const retype = () => box.dispatchEvent(new KeyboardEvent("keyup", { bubbles: true }));
  const withhold = (event) => {
    if (composing && event.target === box) event.stopImmediatePropagation();
  };
  box.addEventListener("compositionstart", () => {
    composing = true;
  });
  box.addEventListener("compositionend", () => {
    composing = false;
    retype();
  });
  // Pasting and dictation come without a key.
  box.addEventListener("input", () => composing || retype());
  document.addEventListener("keyup", withhold, true);

  // When further results replace the first ones, the reader stays where they were.
  const list = result.lastElementChild;
  const scroller = result.parentElement;
  let reading = null;
  const remember = () => {
    const link = document.activeElement.closest(".md-search-result__list a");
    reading = { query: box.value, scrolled: scroller.scrollTop, address: link && link.href };
  };
  list.addEventListener("focusin", remember);
  scroller.addEventListener("scroll", () => list.children.length && remember());
  const resume = () => {
    if (!reading || reading.query !== box.value) return;
    if (reading.address) [...list.querySelectorAll("a")].find((link) => link.href === reading.address)?.focus();
    else scroller.scrollTop = reading.scrolled;
  };

  const meta = result.firstElementChild;
  meta.setAttribute("role", "status");
  meta.setAttribute("aria-live", "polite");
  new MutationObserver(() => {
    // The theme makes a landmark of every result's tags; a list of results is no place for dozens of them.
    for (const tags of result.querySelectorAll("nav.md-tags:not([role])")) tags.setAttribute("role", "none");
    const note = result.querySelector("[data-search-note]");
    if (note && meta.textContent !== note.dataset.searchNote) meta.textContent = note.dataset.searchNote;
    resume();
  }).observe(list, { childList: true });

  // The catalogue is on its way while the reader still types.
  box.addEventListener("focus", () => fetch(catalogue, { cache: "no-cache" }).catch(() => {}), { once: true });
}
