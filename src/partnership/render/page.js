"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const [words, kind, mark, result] = ["words", "kind", "mark", "told"].map(find);
  const sections = [...document.querySelectorAll("section[data-section]")];
  const entries = [...document.querySelectorAll("[data-entry]")];
  const texts = new Map();

  // As `View.find` compares texts: without case and accents.
  const letterForms = { đ: "d", ð: "d", ø: "o", ł: "l", æ: "ae", œ: "oe", þ: "th", ı: "i" };
  const plain = (text) => {
    const letters = text.toLowerCase().replace(/[đðøłæœþı]/g, (letter) => letterForms[letter]);
    return letters.normalize("NFKD").replace(/\p{M}/gu, "");
  };

  // The text of an entry that is searched: its words, its subject, and the sources that it cites.
  const textOf = (entry) => {
    if (!texts.has(entry)) {
      const notes = new Set([...entry.querySelectorAll("a.cite")].map((link) => link.hash.slice(1)));
      const cited = [...notes].map((id) => find(id).querySelector("p").textContent);
      const text = entry.textContent.replace(/\[\d+\]/g, " ");
      texts.set(entry, plain([text, entry.dataset.entry, ...cited].join(" ")));
    }
    return texts.get(entry);
  };

  const show = (element, isShown) => element.classList.toggle("off", !isShown);

  const count = (section) => {
    const all = [...section.querySelectorAll("[data-entry]")];
    const shown = all.filter((entry) => !entry.classList.contains("off")).length;
    section.querySelector(".none").hidden = shown > 0 || all.length === 0;
    for (const group of section.querySelectorAll(".group")) {
      show(group, group.querySelector("[data-entry]:not(.off)") !== null);
    }
    return { name: section.dataset.section, shown, all: all.length };
  };

  const search = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    for (const entry of entries) {
      const isKind = !kind.value || entry.dataset.kind === kind.value;
      const isMarked = !mark.value || entry.dataset.marks.split(" ").includes(mark.value);
      show(entry, isKind && isMarked && wanted.every((word) => textOf(entry).includes(word)));
    }
    const counts = sections.map(count).filter((section) => section.all);
    const isWhole = !wanted.length && !kind.value && !mark.value;
    const shown = counts.map((section) => `${section.shown} of ${section.all} ${section.name}`).join(", ");
    result.textContent = isWhole ? "All is shown." : `Shown: ${shown}.`;
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

  // A link to an entry that is filtered out clears the filters; a source links back to the citation just followed.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && find(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    if (target.closest(".off")) clear();
    const back = link.classList.contains("cite") && target.querySelector("a.here");
    if (back) {
      for (const arrow of document.querySelectorAll("a.here")) arrow.hidden = true;
      back.href = `#${link.id}`;
      back.hidden = false;
    }
  });

  find("controls").hidden = false;
})();
