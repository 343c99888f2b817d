/* Linjuli: makes pages kinder; every page works without it. ES2015 at most (Chrome 64), nothing inline, no eval. */
(function () {
  "use strict";
  var doc = document, root = doc.documentElement, body = doc.body, says = body.dataset;

  function each(selector, run, within) { Array.prototype.forEach.call((within || doc).querySelectorAll(selector), run); }
  function make(tag, name, text) {
    var made = doc.createElement(tag);
    if (name) made.className = name;
    if (text) made.textContent = text;
    return made;
  }

  var waiting = [];
  function whenReady(run) { if (waiting) waiting.push(run); else run(); }
  doc.addEventListener("DOMContentLoaded", function () {
    var runs = waiting;
    waiting = null;
    runs.forEach(function (run) { run(); });
  });

  /* What happened, said aloud and shown for a while. */
  var live = doc.getElementById("live"), quiet;
  function say(text) {
    if (!live || !text) return;
    live.textContent = "";
    clearTimeout(quiet);
    setTimeout(function () {
      live.textContent = text;
      /* It stands above the page's main button, never on it. */
      var bar = doc.querySelector(".actionbar"), top = bar ? bar.getBoundingClientRect().top : 0;
      live.style.bottom = top > 0 && top < window.innerHeight ? window.innerHeight - top + 8 + "px" : "";
    }, 50);
    quiet = setTimeout(function () { live.textContent = ""; }, 7000);
  }

  /* Storage may be closed to us (private windows); then nothing is remembered. */
  function remember(key, value) {
    try {
      if (value === undefined) return sessionStorage.getItem(key);
      if (value === null) sessionStorage.removeItem(key); else sessionStorage.setItem(key, value);
    } catch (closed) { /* nothing to do */ }
    return null;
  }

  /* Elder mode: one attribute and a cookie; the link ?elder=1 does the same without script, and the server remembers it. */
  function keepElder(on) {
    doc.cookie = "elder=" + (on ? "1" : "0") + "; path=/; max-age=31536000; samesite=lax" + (location.protocol === "https:" ? "; secure" : "");
  }
  function switchElder() {
    var on = !root.hasAttribute("data-elder");
    if (on) root.setAttribute("data-elder", ""); else root.removeAttribute("data-elder");
    keepElder(on);
    /* The other of the two is there now; and an address that asks for the opposite would undo it at the next look. */
    doc.querySelector(on ? ".elder-switch.elder-only" : ".elder-switch.not-elder").focus();
    if (/[?&]elder=/.test(location.search)) history.replaceState(history.state, "", location.search.replace(/([?&]elder=)[^&]*/, "$1" + (on ? "1" : "0")) + location.hash);
  }

  /* Copy: the clipboard where the page may use it, a selection otherwise (plain http in a LAN). */
  function copy(button) {
    var source = doc.querySelector(button.dataset.copy);
    if (!source) return;
    var text = "value" in source ? source.value : source.textContent.trim();
    function done() { say(says.sayCopied); }
    function byHand() {
      var area = make("textarea", "hide");
      area.value = text;
      body.appendChild(area);
      area.select();
      if (doc.execCommand("copy")) done();
      area.remove();
      button.focus();
    }
    if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, byHand); else byHand();
  }

  /* A tap that cannot be taken back asks once more, in place. */
  var agreed = null;
  function confirmFirst(event, button) {
    if (agreed === button) { agreed = null; return; }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (button.getAttribute("aria-expanded") === "true") return;
    var box = make("div", "confirm"), acts = make("div", "acts");
    var yes = make("button", "btn main", button.dataset.confirmYes || says.sayYes), no = make("button", "btn", says.sayNo);
    yes.type = no.type = "button";
    box.setAttribute("role", "alertdialog");
    box.setAttribute("aria-label", button.dataset.confirm);
    box.appendChild(make("p", "", button.dataset.confirm));
    acts.appendChild(yes); acts.appendChild(no); box.appendChild(acts);
    function close() { box.remove(); button.removeAttribute("aria-expanded"); button.focus(); }
    yes.addEventListener("click", function () { close(); agreed = button; button.click(); agreed = null; });
    no.addEventListener("click", close);
    box.addEventListener("keydown", function (key) { if (key.key === "Escape") close(); });
    button.setAttribute("aria-expanded", "true");
    var place = button.closest(".acts") || button;
    place.parentNode.insertBefore(box, place.nextSibling);
    if (box.getBoundingClientRect().bottom > window.innerHeight - 90) box.scrollIntoView({ block: "center" });
    no.focus();
  }

  doc.addEventListener("click", function (event) {
    var at = event.target.closest ? event.target : event.target.parentElement, hit;
    if ((hit = at.closest("[data-confirm]"))) return confirmFirst(event, hit);
    if ((hit = at.closest("[data-elder-switch]"))) { event.preventDefault(); return switchElder(); }
    if ((hit = at.closest("[data-copy]"))) { event.preventDefault(); return copy(hit); }
    if (at.closest("[data-print]")) { event.preventDefault(); return window.print(); }
    if ((hit = at.closest("[data-close]"))) { event.preventDefault(); return shut(hit.closest("details")); }
    each("[data-menu][open]", function (menu) { if (!menu.contains(at)) menu.open = false; });
  }, true);

  function shut(details) {
    if (!details) return;
    details.open = false;
    details.querySelector("summary").focus();
  }
  doc.addEventListener("keydown", function (event) {
    if (event.key === "Escape") each("[data-menu][open], .sheet[open]", shut);
  });

  /* One tap, one sending. The button is not disabled, so that its value goes along. */
  function rest(form) { delete form.dataset.sending; each(".btn.busy", function (button) { button.classList.remove("busy"); }, form); }
  doc.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.hasAttribute("data-forget")) forget();
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sending) return event.preventDefault();
    var unfit = Array.prototype.filter.call(form.querySelectorAll("input[type=file]"), function (input) { return input.validity.customError; })[0];
    if (unfit) {
      event.preventDefault();
      say(unfit.validationMessage);
      return unfit.focus();
    }
    form.dataset.sending = "1";
    each(".btn:not([type=button])", function (button) { button.classList.add("busy"); }, form);
    if (form.hasAttribute("data-keep")) remember("sent", keyOf(form));
    setTimeout(function () { rest(form); }, 15000);
  });
  window.addEventListener("pageshow", function () { each("form[data-sending]", rest); });

  /* Long forms keep what was typed in this tab until it has been saved: a lost session or a dead battery loses nothing. */
  var TYPED = "textarea, input:not([type]), input[type=text], input[type=date], input[type=number], input[type=tel], select";
  var CHOSEN = "input[type=radio], input[type=checkbox]";
  function keyOf(form) { return "draft:" + (says.who || "") + ":" + (form.dataset.keep || location.pathname); }
  function forget() {
    try { Object.keys(sessionStorage).forEach(function (key) { if (key.indexOf("draft:") === 0) sessionStorage.removeItem(key); }); } catch (closed) { /* nothing kept */ }
  }
  function keep(form) {
    var values = {};
    each(TYPED, function (field) { if (field.name) values[field.name] = field.value; }, form);
    each(CHOSEN, function (field) {
      if (!field.name) return;
      if (!(field.name in values)) values[field.name] = [];
      if (field.checked) values[field.name].push(field.value);
    }, form);
    remember(keyOf(form), JSON.stringify(values));
  }
  function restore(form) {
    var kept, back = false;
    try { kept = JSON.parse(remember(keyOf(form)) || "null"); } catch (broken) { kept = null; }
    if (!kept || form.querySelector("[aria-invalid=true]")) return;
    each(TYPED, function (field) {
      var value = kept[field.name];
      if (!value || field.value === value || (field.tagName !== "SELECT" && field.value)) return;
      field.value = value;
      back = true;
    }, form);
    each(CHOSEN, function (field) {
      var chosen = kept[field.name], on;
      if (!Array.isArray(chosen) || field.disabled) return;
      on = chosen.indexOf(field.value) >= 0;
      /* A group in which nothing was chosen keeps what the page suggests. */
      if (field.checked === on || (field.type === "radio" && !on)) return;
      field.checked = on;
      back = true;
      /* Whatever depends on the choice follows it, once htmx listens. */
      whenReady(function () { field.dispatchEvent(new Event("change", { bubbles: true })); });
    }, form);
    if (back) say(says.sayRestored);
  }
  var sent = remember("sent");
  if (sent && (says.who || "") === sent.split(":")[1]) {
    var again = false;
    each("form[data-keep]", function (form) { if (keyOf(form) === sent) again = true; });
    /* A rule that was broken at the last moment sends nobody back to an empty form. */
    if (doc.querySelector(".flash .success") || !(again || doc.querySelector("[data-refused]"))) remember(sent, null);
    remember("sent", null);
  }

  /* Photos: seen before they are sent, and too big ones named in time. */
  function photos(box) {
    var input = box.querySelector("input[type=file]"), list = box.querySelector(".shots"), set = box.dataset;
    if (!input || !list) return;
    input.addEventListener("change", function () {
      var bad = "", files = Array.prototype.slice.call(input.files);
      each("img", function (img) { URL.revokeObjectURL(img.src); }, list);
      list.textContent = "";
      files.forEach(function (file) {
        var item = make("li"), wrong = file.type && file.type.indexOf("image/") ? set.notImage : file.size > set.maxMb * 1048576 ? set.tooBig : "";
        if (wrong) {
          bad = file.name + ": " + wrong;
          item.className = "bad";
          item.textContent = bad;
        } else {
          var img = make("img");
          img.alt = file.name;
          img.onerror = function () { item.textContent = file.name; };
          img.src = URL.createObjectURL(file);
          item.appendChild(img);
        }
        list.appendChild(item);
      });
      if (files.length > Number(set.maxCount)) bad = set.tooMany;
      input.setCustomValidity(bad);
      if (bad) say(bad);
    });
  }

  /* Any other file: its name stands where it was chosen. */
  function named(box) {
    var input = box.querySelector("input[type=file]"), shown = box.querySelector(".drop > span");
    input.addEventListener("change", function () { if (input.files.length) shown.textContent = input.files[0].name; });
  }

  function count(area) {
    var most = Number(area.getAttribute("maxlength")), shown = make("span", "count");
    function show() {
      var left = most - area.value.length;
      shown.textContent = left < most / 4 ? (left < 0 ? says.sayOver : says.sayLeft).replace("0", Math.abs(left)) : "";
      shown.classList.toggle("over", left < 1);
    }
    area.parentNode.insertBefore(shown, area.nextSibling);
    area.addEventListener("input", show);
    show();
  }

  function reveal(input) {
    var button = make("button", "reveal", says.sayShow);
    button.type = "button";
    button.addEventListener("click", function () {
      var shown = input.type === "text";
      input.type = shown ? "password" : "text";
      button.textContent = shown ? says.sayShow : says.sayHide;
    });
    input.parentNode.insertBefore(button, input.nextSibling);
  }

  function once(selector, run, part) {
    each(selector, function (piece) {
      if (piece.dataset.awake) return;
      piece.dataset.awake = "1";
      run(piece);
    }, part);
  }
  function wake(part) {
    once("[data-photos]", photos, part);
    once("[data-file]", named, part);
    once("textarea[maxlength]", count, part);
    once("input[type=password]", reveal, part);
    once("form[data-keep]", function (form) {
      restore(form);
      form.addEventListener("input", function () { keep(form); });
    }, part);
    var first = part.querySelector("[data-focus]");
    if (first) first.focus();
    return first;
  }
  wake(doc);

  /* htmx: where the focus goes, and what is said when nothing came back. */
  body.addEventListener("htmx:afterSwap", function (event) {
    var part = event.detail.target, now = doc.activeElement;
    /* What was swapped as a whole is gone; the one that took its place has its name. */
    if (!doc.contains(part)) part = doc.getElementById(part.id) || event.detail.elt;
    say(part.dataset.announce);
    part.removeAttribute("data-announce");
    /* Fields that came with a choice are filled like those that were there. */
    each("form[data-keep]", restore, part.closest("form[data-keep]") ? part.closest("form[data-keep]").parentNode : part);
    if (wake(part)) return;
    if (!now || now === body) {
      if (!part.hasAttribute("tabindex")) { part.setAttribute("tabindex", "-1"); part.classList.add("js-focus"); }
      part.focus();
    }
  });
  body.addEventListener("htmx:sendError", function () { say(says.sayOffline); });
  body.addEventListener("htmx:timeout", function () { say(says.sayFailed); });
  body.addEventListener("htmx:responseError", function (event) { if (event.detail.xhr.status >= 500) say(says.sayFailed); });
  window.addEventListener("offline", function () { say(says.sayOffline); });
})();
