// Comfort only: everything can be read without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const rows = all(".ladder li");
  const revisions = all("details.revision");
  const search = one("#search");
  const keys = one("#keys");
  root.classList.add("script");

  const texts = rows.map((row) => row.querySelector("code").textContent.toLowerCase() + " " +
    row.querySelector(".message").textContent.toLowerCase());

  const chosen = () => one("input[name=show]:checked").value;

  const wanted = (row, index) => {
    if (chosen() === "failing" && !("failing" in row.dataset)) return false;
    if (chosen() === "findings" && !("findings" in row.dataset)) return false;
    return texts[index].includes(search.value.trim().toLowerCase());
  };

  const filter = () => {
    let count = 0;
    rows.forEach((row, index) => {
      const shown = wanted(row, index);
      row.hidden = revisions[index].hidden = !shown;
      if (shown) count += 1;
    });
    one(".ladder").classList.toggle("filtered", count !== rows.length);
    one("#shown").value = count === rows.length ? "" : `${count} of ${rows.length} revisions`;
  };

  const show = (name) => {
    one(`input[name=show][value=${name}]`).checked = true;
    filter();
  };

  const isDark = () => root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const turnTheme = () => { root.dataset.theme = isDark() ? "light" : "dark"; };

  const inOverview = () => document.activeElement !== null && document.activeElement.closest(".ladder") !== null;

  // In the overview the focus goes from line to line, elsewhere from revision to revision.
  const move = (by) => {
    const list = (inOverview() ? rows.map((row) => row.querySelector("a")) : revisions.map((revision) => revision.querySelector("summary")))
      .filter((element) => !element.closest("[hidden]"));
    if (list.length === 0) return;
    const at = list.indexOf(document.activeElement.closest("summary, a"));
    const next = at < 0 ? (by > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + by, 0), list.length - 1);
    list[next].focus();
    list[next].scrollIntoView({block: "nearest"});
  };

  const turnAll = () => {
    const closed = revisions.some((revision) => !revision.hidden && !revision.open);
    revisions.forEach((revision) => { revision.open = closed; });
  };

  // A link of the page opens what it leads to, also when a filter hides it.
  const openTarget = () => {
    const target = /^#r\d+$/.test(location.hash) ? one(location.hash) : null;
    if (target === null) return;
    if (target.hidden) {
      search.value = "";
      show("all");
    }
    target.open = true;
    target.scrollIntoView();
    target.querySelector("summary").focus({preventScroll: true});
  };

  const actions = {
    j: () => move(1), k: () => move(-1), e: turnAll, t: turnTheme,
    a: () => show("all"), x: () => show("failing"), w: () => show("findings"),
    "/": () => { search.focus(); search.select(); },
    "?": () => { if (keys.open) keys.close(); else keys.showModal(); },
    ArrowDown: () => move(1), ArrowUp: () => move(-1),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input")) {
      if (event.key === "Escape") event.target.blur();
      if (event.target === search || event.key.length > 1) return;
    }
    if (event.key.startsWith("Arrow") && !inOverview()) return;
    const action = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (action === null) return;
    event.preventDefault();
    action();
  });

  all("input[name=show]").forEach((input) => input.addEventListener("change", filter));
  search.addEventListener("input", filter);
  one(".filter").addEventListener("submit", (event) => event.preventDefault());
  one("#theme").addEventListener("click", turnTheme);
  one("#keys-button").addEventListener("click", () => keys.showModal());
  one("#keys-close").addEventListener("click", () => keys.close());
  window.addEventListener("hashchange", openTarget);
  // The link to the place where one is already changes no hash.
  rows.forEach((row) => row.querySelector("a").addEventListener("click", (event) => {
    if (event.currentTarget.hash === location.hash) openTarget();
  }));
  // Paper has no triangles to click on.
  const closed = [];
  window.addEventListener("beforeprint", () => all("details:not([open])").forEach((details) => { details.open = true; closed.push(details); }));
  window.addEventListener("afterprint", () => closed.splice(0).forEach((details) => { details.open = false; }));
  filter();
  openTarget();
})();
