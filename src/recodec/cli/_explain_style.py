"""Looks and behaviour of the page of `recodec explain --html`."""

from __future__ import annotations

__all__ = ["SCRIPT", "STYLE"]

STYLE = """
:root {
  --paper: #fbfaf7; --card: #fff; --ink: #1d2330; --soft: #5d6778; --line: #e3e0d8;
  --accent: #1f6feb; --accent-soft: #dbe8fd; --mark: #ffe08a;
  --ascii: #d9dee6; --utf8: #2da36b; --other: #e0922f; --control: #9a8fc7; --broken: #d6336c;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, monospace;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12151c; --card: #1a1f29; --ink: #e6e9ef; --soft: #9aa5b8; --line: #2c3442;
    --accent: #6ea8ff; --accent-soft: #1d2f4d; --mark: #6b5200;
    --ascii: #39424f; --utf8: #3fbf83; --other: #e8a34a; --control: #8d80c9; --broken: #f0527f;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  padding-bottom: 4rem;
}
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem; }
header { margin-bottom: 2rem; }
h1 { font-size: clamp(2rem, 6vw, 3.25rem); line-height: 1.1; margin: .1em 0 .3em;
  letter-spacing: -.02em; }
h2 { font-size: 1.05rem; margin: 0 0 1rem; letter-spacing: .01em; }
h3 { font-size: .85rem; font-weight: 500; color: var(--soft); margin: 0 0 .5rem; }
h3 em { color: var(--broken); font-style: normal; font-weight: 600; }
section { background: var(--card); border: 1px solid var(--line); border-radius: 14px;
  padding: 1.25rem; margin-bottom: 1.25rem; }
ul, ol { list-style: none; margin: 0; padding: 0; }
.file { margin: 0; font-family: var(--mono); font-size: .9rem; overflow-wrap: anywhere; }
.file span { color: var(--soft); margin-left: .75em; white-space: nowrap; }
.sure { margin: 0 0 1rem; display: flex; flex-wrap: wrap; gap: .5rem; }
.tag { background: var(--accent-soft); color: var(--accent); border-radius: 99px;
  padding: .15rem .75rem; font-size: .9rem; font-weight: 600; }
.tag.bad { background: var(--broken); color: #fff; }
.reasons li { color: var(--soft); }
.strip { display: flex; height: 44px; border-radius: 8px; overflow: hidden; }
.strip i { display: block; flex-basis: 0; min-width: 0; }
.strip i:hover { filter: brightness(1.2) saturate(1.3); }
i.ascii { background: var(--ascii); } i.utf8 { background: var(--utf8); }
i.other { background: var(--other); } i.control { background: var(--control); }
i.broken { background: var(--broken); }
.axis { display: flex; justify-content: space-between; font-size: .75rem; color: var(--soft);
  font-variant-numeric: tabular-nums; margin: .35rem 0 .9rem; }
.legend { display: flex; flex-wrap: wrap; gap: .4rem 1.5rem; font-size: .85rem;
  color: var(--soft); }
.strip + .legend { margin-top: .9rem; }
.legend i { display: inline-block; width: .8em; height: .8em; border-radius: 3px;
  margin-right: .5em; vertical-align: -.05em; }
.legend b { color: var(--ink); font-weight: 600; font-variant-numeric: tabular-nums; }
.ranking li { display: grid; grid-template-columns: 13rem minmax(6rem, 1fr) 8rem; gap: .1rem 1rem;
  align-items: center; padding: .6rem 0; border-top: 1px solid var(--line); }
.ranking li:first-child { border-top: 0; padding-top: 0; }
.who span { color: var(--soft); margin-left: .4em; font-size: .9rem; }
.bar { height: 12px; border-radius: 6px; background: var(--ascii); overflow: hidden; }
.bar i { display: block; height: 100%; background: var(--accent); min-width: 2px; }
.share { text-align: right; font-variant-numeric: tabular-nums; font-weight: 600;
  white-space: nowrap; }
.reads { grid-column: 1 / 3; color: var(--soft); font-size: .9rem; white-space: nowrap;
  overflow: hidden; text-overflow: ellipsis; unicode-bidi: isolate; }
.behind { text-align: right; color: var(--soft); font-size: .75rem; white-space: nowrap; }
.sign { font: .72em var(--mono); color: var(--soft); }
.about { margin: -.6rem 0 1rem; color: var(--soft); font-size: .85rem; }
.side { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: 1rem; }
figure { margin: 0; border: 1px solid var(--line); border-radius: 10px; overflow: hidden;
  min-width: 0; }
figcaption { padding: .5rem .8rem; font-size: .85rem; color: var(--soft);
  border-bottom: 1px solid var(--line); }
figcaption b { color: var(--ink); }
figure:first-child { border-color: var(--accent); }
figure:first-child figcaption { background: var(--accent-soft); }
.text { padding: .8rem; max-height: 24rem; overflow: auto; font-size: .92rem; }
.text p, dd p { margin: 0; min-height: 1.3em; white-space: pre-wrap; overflow-wrap: anywhere; }
[data-o] { border-radius: 3px; cursor: default; }
.text [data-o], dd [data-o] { box-shadow: inset 0 -1px 0 var(--accent-soft); }
.lost { color: var(--broken); }
[data-o].on { background: var(--mark); box-shadow: 0 0 0 2px var(--mark); }
.excerpts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr));
  gap: 1.25rem; }
article { min-width: 0; }
.hex { font: .82rem/1.7 var(--mono); margin: 0 0 .6rem; color: var(--soft);
  overflow-wrap: anywhere; }
.hex .high { color: var(--ink); background: var(--accent-soft); padding: .05em .15em; }
dl { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: .1rem .9rem;
  margin: 0; }
dt { font-size: .8rem; color: var(--soft); padding-top: .12em; } dd { margin: 0; }
.rejected { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr));
  gap: .3rem 1.5rem; font-size: .9rem; color: var(--soft); }
.rejected b { color: var(--ink); }
code { font: .95em var(--mono); background: var(--paper); border-radius: 4px;
  padding: .05em .35em; }
footer { position: fixed; inset: auto 0 0 0; background: var(--card);
  border-top: 1px solid var(--line); padding: .6rem 1.25rem; min-height: 2.9rem; font-size: .88rem;
  font-family: var(--mono); font-variant-numeric: tabular-nums; overflow-wrap: anywhere; }
footer .hint { color: var(--soft); font-family: system-ui, sans-serif; }
@media (max-width: 40rem) {
  main { padding: 1.25rem .75rem; } section { padding: 1rem .8rem; border-radius: 10px; }
  .ranking li { grid-template-columns: 1fr 5rem; }
  .ranking .who { grid-column: 1; } .ranking .share { grid-column: 2; grid-row: 1; }
  .ranking .bar, .ranking .reads { grid-column: 1 / 3; }
  .ranking .behind { grid-column: 1 / 3; text-align: left; }
}
"""

SCRIPT = """
(function () {
  var footer = document.getElementById("bytes"), lit = [];
  var places = Array.prototype.map.call(document.querySelectorAll("[data-o]"), function (e) {
    var start = +e.dataset.o;
    return { e: e, start: start, end: start + e.dataset.b.split(" ").length };
  });
  function clear() {
    lit.forEach(function (e) { e.classList.remove("on"); });
    lit = [];
  }
  function show(target) {
    var e = target.closest ? target.closest("[data-o], [data-t]") : null;
    clear();
    if (!e) return;
    if (e.dataset.t) { footer.textContent = e.dataset.t; return; }
    var start = +e.dataset.o, end = start + e.dataset.b.split(" ").length;
    places.forEach(function (p) {
      if (p.start < end && start < p.end) { p.e.classList.add("on"); lit.push(p.e); }
    });
    var points = Array.from(e.textContent).map(function (c) {
      return "U+" + c.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
    });
    var said = "byte " + start.toLocaleString("en") + ":  " + e.dataset.b;
    if (e.parentNode.className !== "hex") {
      said += "  " + e.textContent + "  " + points.join(" ");
    }
    footer.textContent = said;
  }
  document.addEventListener("mouseover", function (event) { show(event.target); });
  document.addEventListener("click", function (event) { show(event.target); });
})();
"""
