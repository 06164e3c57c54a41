"use strict";
// Every page works without this file. With it an answer comes without a new page, and a plan opens beside its answer.
// Pages arrive as documents that the browser has parsed; no text is ever made into HTML here (the server forbids it).
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const say = (text) => { one("#bao").textContent = text; };
  const narrow = matchMedia("(max-width: 63.99rem)");
  const panel = one("#khung");
  let shown = location.pathname + location.search; // whose answer stands on the page
  let turn = 0; // only the last of several answers on their way is shown

  function page(url) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("GET", url);
      request.responseType = "document";
      request.timeout = 30000;
      request.onload = () => (request.response ? done(request.response) : failed());
      request.onerror = request.ontimeout = failed;
      request.send();
    });
  }

  const taken = (node) => [...document.importNode(node, true).childNodes];

  // ---- asking

  async function ask(url, push) {
    const mine = ++turn, target = new URL(url, location.href), result = one("#ket-qua"), button = one(".ask button");
    result.setAttribute("aria-busy", "true");
    button.setAttribute("aria-busy", "true");
    say("Đang tìm trong văn bản…");
    let answer = null;
    try { answer = await page(target.href); } catch { /* told by the page itself, below */ }
    if (mine !== turn) return;
    const found = answer && one("#ket-qua", answer);
    if (!found) { location.assign(target.href); return; }
    target.searchParams.delete("keep"); // a link that is passed on must not choose for the next reader
    if (push) history.pushState({}, "", target.href);
    shown = target.pathname + target.search;
    close();
    document.title = answer.title;
    one("h1").textContent = one("h1", answer).textContent;
    const here = one(".ask"), there = one(".ask", answer);
    for (const field of here.elements) {
      const other = field.name && there.elements.namedItem(field.name);
      if (other) field.value = other.value;
    }
    result.replaceChildren(...taken(found));
    result.removeAttribute("aria-busy");
    button.removeAttribute("aria-busy");
    prepare(result);
    const text = one(".text, [role=alert]", result), head = one("#tra-loi", result);
    say(text ? text.textContent.replace(/\s+/g, " ").trim() : "");
    if (head) head.focus({ preventScroll: true });
    if (narrow.matches) result.scrollIntoView(); // on a phone the question box would leave it a third of the screen
  }

  // ---- the plan beside the answer

  async function open(url, push) {
    const target = new URL(url, location.href), mine = ++turn;
    const bare = new URL(target);
    bare.searchParams.set("panel", "1");
    let text = null;
    try { text = one("#van-ban", await page(bare.href)); } catch { /* the plan's own page tells what is wrong */ }
    if (mine !== turn) return;
    if (!text) { location.assign(target.href); return; }
    const state = { plan: target.href };
    if (push) history[history.state?.plan ? "replaceState" : "pushState"](state, "");
    one("#khung-mo").href = target.href;
    one("#khung-than").replaceChildren(document.importNode(text, true));
    if (!panel.open) narrow.matches ? panel.showModal() : panel.show();
    document.body.classList.add("beside");
    const quote = one("#trich", panel);
    if (quote) {
      quote.scrollIntoView({ block: "center" });
      quote.focus({ preventScroll: true });
    } else one("#khung-ten").focus();
  }

  function close() {
    if (!panel?.open) return;
    panel.close();
    document.body.classList.remove("beside");
  }

  // The phone's back button and the button here do the same.
  const leave = () => (history.state?.plan ? history.back() : close());

  // ---- copy

  async function copy(button) {
    const text = one(".copied", button.closest(".head")).textContent;
    try {
      await navigator.clipboard.writeText(text);
    } catch { // no secure connection, as inside an office: the old way
      const field = document.createElement("textarea");
      field.value = text;
      field.className = "unseen";
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    say("Đã sao chép câu trả lời và câu trích.");
    button.textContent = "Đã sao chép";
    setTimeout(() => { button.textContent = "Sao chép"; }, 2000);
  }

  function prepare(root) {
    for (const tool of root.querySelectorAll(".tools[hidden], [data-print][hidden]")) tool.hidden = false;
  }

  document.addEventListener("click", (event) => {
    const hit = event.target.closest("a, button");
    if (!hit || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (hit.matches("[data-quote]") && panel) {
      event.preventDefault();
      open(hit.href, true);
    } else if (hit.matches("[data-ask]")) {
      event.preventDefault();
      ask(hit.href, true);
    } else if (hit.matches("[data-close]")) leave();
    else if (hit.matches("[data-copy]")) copy(hit);
    else if (hit.matches("[data-print]")) print();
  });

  document.addEventListener("submit", (event) => {
    if (!one("#ket-qua")) return;
    event.preventDefault();
    const form = event.target;
    ask(`${form.action}?${new URLSearchParams(new FormData(form))}`, true);
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel?.open) { event.preventDefault(); leave(); }
  });
  panel?.addEventListener("cancel", (event) => { event.preventDefault(); leave(); });

  addEventListener("popstate", async () => {
    if (location.pathname + location.search !== shown) {
      if (!one("#ket-qua")) { location.reload(); return; }
      await ask(location.href, false);
    }
    if (history.state?.plan) open(history.state.plan, false);
    else close();
  });

  // A page that was loaded anew shows no plan, whatever stood here before.
  if (history.state?.plan) history.replaceState({}, "");
  prepare(document);
})();
