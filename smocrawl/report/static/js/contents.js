// Links that carry a question, the mark in the contents, and paper.
function follow() {
  const [, name, value] = /^#(page|row|check)=(.*)$/.exec(location.hash) || [];
  if (!name) return;
  let said = value;
  try { said = decodeURIComponent(value); } catch { return; }
  if (name === "page" && find(said) >= 0) return open(find(said));
  if (name === "page" && unread.has(said)) { fillUnread(report.unread[unread.get(said)]); return show(); }
  if (name === "row") return open(Number(said));
  if (drawer.open) drawer.close();
  // A shared link to a page that this crawl did not read ends at the search, which says that there is none.
  if (name === "page") searchFor(said); else onlyCheck(said);
  byId("pages").scrollIntoView();
}
function markPlace() {
  const links = new Map([...document.querySelectorAll(".rail ol a")].map((link) => [link.hash.slice(1), link]));
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const link = links.get(entry.target.id);
      if (!entry.isIntersecting) continue;
      for (const other of links.values()) other.removeAttribute("aria-current");
      link?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  document.querySelectorAll("main > section").forEach((section) => watcher.observe(section));
}
function prepareContents() {
  const contents = byId("contents"), phone = matchMedia("(max-width: 640px)");
  const adapt = () => { contents.open = !phone.matches; };
  phone.addEventListener("change", adapt);
  adapt();
  contents.addEventListener("click", (event) => { if (phone.matches && event.target.closest("a")) contents.open = false; });
  let closed = [];
  addEventListener("beforeprint", () => { closed = [...document.querySelectorAll("main .fix details:not([open])")]; closed.forEach((one) => { one.open = true; }); if (table) toPaper(true); });
  addEventListener("afterprint", () => { closed.forEach((one) => { one.open = false; }); if (table) toPaper(false); });
}
if (table) {
  prepareTable();
  prepareDrawer();
  addEventListener("hashchange", follow);
  follow();
}
prepareContents();
markPlace();
