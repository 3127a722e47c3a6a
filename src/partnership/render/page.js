"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const [words, kind, mark, told] = ["words", "kind", "mark", "told"].map(find);
  const sections = [...document.querySelectorAll("section[data-section]")];
  const entries = [...document.querySelectorAll("[data-entry]")];
  const texts = new Map();

  // As the library's own search has it: no capitals, no accents.
  const apart = { đ: "d", ð: "d", ø: "o", ł: "l", æ: "ae", œ: "oe", þ: "th", ı: "i" };
  const plain = (text) => {
    const letters = text.toLowerCase().replace(/[đðøłæœþı]/g, (one) => apart[one]);
    return letters.normalize("NFKD").replace(/\p{M}/gu, "");
  };

  // What is searched of an entry: its words, its subject, and the sources that it cites.
  const textOf = (entry) => {
    if (!texts.has(entry)) {
      const notes = new Set([...entry.querySelectorAll("a.cite")].map((one) => one.hash.slice(1)));
      const cited = [...notes].map((id) => find(id).querySelector("p").textContent);
      const own = entry.textContent.replace(/\[\d+\]/g, " ");
      texts.set(entry, plain([own, entry.dataset.entry, ...cited].join(" ")));
    }
    return texts.get(entry);
  };

  const show = (element, isShown) => element.classList.toggle("off", !isShown);

  const count = (section) => {
    const own = [...section.querySelectorAll("[data-entry]")];
    const shown = own.filter((one) => !one.classList.contains("off")).length;
    section.querySelector(".none").hidden = shown > 0 || own.length === 0;
    for (const group of section.querySelectorAll(".group")) {
      show(group, group.querySelector("[data-entry]:not(.off)") !== null);
    }
    return { name: section.dataset.section, shown, all: own.length };
  };

  const search = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    for (const one of entries) {
      const isKind = !kind.value || one.dataset.kind === kind.value;
      const isMarked = !mark.value || one.dataset.marks.split(" ").includes(mark.value);
      show(one, isKind && isMarked && wanted.every((word) => textOf(one).includes(word)));
    }
    const counts = sections.map(count).filter((one) => one.all);
    const isWhole = !wanted.length && !kind.value && !mark.value;
    const found = counts.map((one) => `${one.shown} of ${one.all} ${one.name}`).join(", ");
    told.textContent = isWhole ? "All is shown." : `Shown: ${found}.`;
  };

  const clear = () => {
    words.value = kind.value = mark.value = "";
    search();
  };

  words.addEventListener("input", search);
  kind.addEventListener("change", search);
  mark.addEventListener("change", search);
  find("clear").addEventListener("click", () => {
    clear();
    words.focus();
  });

  // Where a link leads is shown, whatever was filtered; and a source leads back to the mark that led to it.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && find(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    if (target.closest(".off")) clear();
    const back = link.classList.contains("cite") && target.querySelector("a.here");
    if (back) {
      for (const one of document.querySelectorAll("a.here")) one.hidden = true;
      back.href = `#${link.id}`;
      back.hidden = false;
    }
  });

  find("controls").hidden = false;
})();
