// Enlarges an article's picture over the page; without scripts the link leads to the picture itself.

let dialog = null;

// A picture that cannot be had gives up its place; one that failed before this script ran is told by its size.
const dead = (image) => image.matches?.(".kind-article img") && image.classList.add("dead");
document.addEventListener("error", ({ target }) => dead(target), true);
for (const image of document.querySelectorAll(".kind-article img")) if (image.complete && !image.naturalWidth) dead(image);

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a.enlarge");
  if (!link || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  open(link);
});

function open(link) {
  const small = link.querySelector("img");
  dialog ??= made();
  const large = new Image();
  large.referrerPolicy = "no-referrer";
  large.alt = small.alt;
  large.src = link.href;
  dialog.setAttribute("aria-label", small.alt || link.getAttribute("aria-label") || link.href);
  dialog.replaceChildren(large);
  dialog.showModal();
}

function made() {
  const element = document.createElement("dialog");
  element.className = "lightbox";
  element.addEventListener("click", () => element.close());
  document.body.append(element);
  return element;
}
