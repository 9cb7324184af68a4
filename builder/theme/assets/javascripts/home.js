// A click on home's search box opens the theme's search; typed words and the Enter key go to the search page.

const box = document.querySelector(".home-head .search-box input");
const toggle = document.getElementById("__search");
const query = document.querySelector("[data-md-component=search-query]");
if (box && toggle && query) {
  box.addEventListener("click", () => {
    if (!toggle.checked) toggle.click();
    query.value = box.value;
    query.focus();
  });
}
