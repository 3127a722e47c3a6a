"use strict";
(() => {
  const find = (id) => document.getElementById(id);
  const [words, kind, mark, result, main] = ["words", "kind", "mark", "told", "main"].map(find);
  const sections = [...document.querySelectorAll("section[data-section]")];
  const entries = [...document.querySelectorAll("[data-entry]")];
  const texts = new Map();
  let opened = new Set(); // the details that the search has opened

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
  const isSeen = (element) => !element.closest(".off") && !element.closest("details:not([open]) > :not(summary)");

  const count = (section, isWhole) => {
    const all = [...section.querySelectorAll("[data-entry]")];
    const shown = all.filter((entry) => !entry.classList.contains("off"));
    for (const group of section.querySelectorAll(".group, .rest, table")) {
      show(group, isWhole || group.querySelector("[data-entry]:not(.off)") !== null);
    }
    show(section, isWhole || shown.length > 0);
    return { name: section.dataset.section, shown, all: all.length };
  };

  // Open what hides a hit, at most so many, and close it when the search is over.
  const reveal = (hits, wanted) => {
    for (const details of opened) details.open = false;
    opened = new Set();
    for (const entry of hits.slice(0, 60)) {
      const own = entry.querySelector("details");
      const isInside = own && wanted.length && !wanted.every((word) => plain(visibleText(entry, own)).includes(word));
      for (let one = isInside ? own : entry.parentElement.closest("details"); one; ) {
        if (!one.open) {
          one.open = true;
          opened.add(one);
        }
        one = one.parentElement.closest("details");
      }
    }
  };
  const visibleText = (entry, own) => {
    const hidden = [...own.children].filter((child) => child.tagName !== "SUMMARY");
    return hidden.reduce((text, child) => text.replace(child.textContent, " "), entry.textContent);
  };

  // Mark the words that were found, where the browser can without a change of the text.
  const highlight = (hits, wanted) => {
    if (!window.Highlight || !CSS.highlights) return;
    const ranges = [];
    for (const entry of wanted.length ? hits.slice(0, 60) : []) {
      const walker = document.createTreeWalker(entry, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const text = plain(node.data);
        for (const word of text.length === node.data.length ? wanted : []) {
          for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
            const range = new Range();
            range.setStart(node, at);
            range.setEnd(node, at + word.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("hits", new Highlight(...ranges));
  };

  const search = () => {
    const wanted = plain(words.value).split(/\s+/).filter(Boolean);
    const isWhole = !wanted.length && !kind.value && !mark.value;
    for (const entry of entries) {
      const isKind = !kind.value || entry.dataset.kind === kind.value;
      const isMarked = !mark.value || entry.dataset.marks.split(" ").includes(mark.value);
      show(entry, isKind && isMarked && wanted.every((word) => textOf(entry).includes(word)));
    }
    const counts = sections.map((section) => count(section, isWhole));
    if (find("kinds")) show(find("kinds"), isWhole);
    const hits = isWhole ? [] : counts.flatMap((section) => section.shown);
    reveal(hits, wanted);
    highlight(hits, wanted);
    const found = counts.filter((section) => section.shown.length);
    const listed = found.map((section) => `${section.shown.length} of ${section.all} ${section.name}`).join(", ");
    result.textContent = isWhole ? "" : listed ? `Shown: ${listed}.` : "Nothing matches.";
    if (!isWhole && main.getBoundingClientRect().top < 0) main.scrollIntoView();
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

  const openAll = find("open");
  openAll.addEventListener("click", () => {
    const isOpening = openAll.textContent === "Open all";
    for (const details of document.querySelectorAll("details:not(#filters)")) details.open = isOpening;
    openAll.textContent = isOpening ? "Close all" : "Open all";
  });

  // The tables of the kinds sort by each column; what is empty stands last.
  for (const head of document.querySelectorAll("table.kind th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const body = head.closest("table").tBodies[0];
      const isUp = head.getAttribute("aria-sort") !== "ascending";
      const keyOf = (row) => {
        const cell = row.cells[head.cellIndex];
        return cell.dataset.sort ?? plain((cell.querySelector("summary") ?? cell).textContent.trim());
      };
      const rows = [...body.rows].map((row) => ({ row, key: keyOf(row) }));
      rows.sort((a, b) => !a.key - !b.key || (isUp ? 1 : -1) * a.key.localeCompare(b.key, "en", { numeric: true }));
      body.append(...rows.map((one) => one.row));
      for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    });
  }

  // What is copied has no buttons, and nothing that is closed: a word processor would show that as well.
  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (document.activeElement === words || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const within = range.commonAncestorContainer;
    const part = document.createElement(["TABLE", "TBODY", "THEAD"].includes(within.nodeName) ? "table" : "div");
    part.append(range.cloneContents());
    for (const closed of part.querySelectorAll("details:not([open]) > :not(summary)")) closed.remove();
    for (const control of part.querySelectorAll("details, summary, th button")) control.replaceWith(...control.childNodes);
    event.clipboardData.setData("text/html", part.outerHTML);
    const cells = (row) => [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " "));
    const lines = part.nodeName === "TABLE" ? [...part.rows].map((row) => cells(row).join("\t")) : [selection.toString()];
    event.clipboardData.setData("text/plain", lines.join("\n"));
    event.preventDefault();
  });

  // A link opens what it leads into, and clears the filters that hide it; a source links back to the citation just
  // followed.
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const target = link && find(decodeURIComponent(link.hash.slice(1)));
    if (!target) return;
    if (target.closest(".off")) clear();
    for (let one = target.closest("details"); one; one = one.parentElement.closest("details")) one.open = true;
    const back = link.classList.contains("cite") && target.querySelector("a.here");
    if (back) {
      for (const arrow of document.querySelectorAll("a.here")) arrow.hidden = true;
      back.href = `#${link.id}`;
      back.hidden = false;
    }
  });

  // What is shown is printed, with the sources that it cites.
  const notes = find("notes");
  let wasOpen = false;
  window.addEventListener("beforeprint", () => {
    if (!notes) return;
    wasOpen = notes.open;
    notes.open = true;
    const cited = new Set([...document.querySelectorAll("a.cite")].filter(isSeen).map((link) => link.hash.slice(1)));
    for (const note of notes.querySelectorAll("li")) show(note, cited.has(note.id));
  });
  window.addEventListener("afterprint", () => {
    if (!notes) return;
    notes.open = wasOpen;
    for (const note of notes.querySelectorAll("li")) show(note, true);
  });

  find("controls").hidden = find("filters").hidden = false;
  find("filters").open = window.innerWidth > 640;
})();
