// "Cite this paragraph": copies the plan's citation, the paragraph's place and its address; without this script the
// sign is a plain link to the paragraph.
(() => {
  const notice = document.querySelector(".plan-citation");
  if (!notice) return;
  document.addEventListener("click", async (event) => {
    const sign = event.target.closest("a.cite");
    if (!sign) return;
    const place = sign.dataset.place;
    try {
      await navigator.clipboard.writeText(`${notice.dataset.citation}${place}，${sign.href}`);
    } catch {
      return; // the link itself still leads to the paragraph, whose address can be copied by hand
    }
    notice.textContent = `${notice.dataset.done}：${place}`;
    notice.hidden = false;
    clearTimeout(notice.timer);
    notice.timer = setTimeout(() => (notice.hidden = true), 2500);
  });
})();
