// The page for addresses that do not exist: offers the words of the address for the search.

for (const link of document.querySelectorAll('a[href^="#"]')) link.href = window.location.pathname + link.getAttribute("href");
const query = document.querySelector("#lost [name=query]");
if (query) {
  let words = "";
  try {
    words = decodeURIComponent(window.location.pathname.split("/").pop() ?? "");
  } catch {
    // An address that is no UTF-8 holds no words.
  }
  query.value = words.replace(/\.[a-z]+$/i, "").replace(/[-_+.]+/g, " ").replace(/^404$/, "").trim().slice(0, 100);
}
