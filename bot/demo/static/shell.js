// The shell around SimCord's Preview: who I am, where I look, what time it is. It draws what /demo/state says.

const $ = (id) => document.getElementById(id);
const app = $("app");
let state = null;
let shown = null;
let coming = null;

async function ask(verb, wish) {
  const answer = await fetch(`/demo/${verb}`, wish === undefined ? { cache: "no-store" } : {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(wish),
  });
  if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
    draw(await answer.json());
    if (state.problem === "no-message") say("Write a message here first. Apps work on your last one.");
  }
  return answer.ok;
}

const post = (verb, wish = {}) => ask(verb, wish).catch(() => say("The demo does not answer. Is it still running?"));

function element(tag, props = {}, ...children) {
  const made = Object.assign(document.createElement(tag), props);
  made.append(...children);
  return made;
}

function picture(key, side) {
  return element("img", { src: `/demo/portrait/${key}.png`, alt: "", width: side, height: side });
}

function badge(count) {
  return element("span", { className: "badge", textContent: count, title: `${count} unread` });
}

let sayTimer;
function say(text) {
  $("toast").textContent = text;
  $("toast").hidden = false;
  clearTimeout(sayTimer);
  sayTimer = setTimeout(() => { $("toast").hidden = true; }, 4000);
}

// ---------------------------------------------------------------- drawing

function draw(next) {
  const before = state;
  state = next;
  const place = next.places.find((item) => item.key === next.view.place);
  const person = next.people.find((item) => item.key === next.view.person);
  $("guild").textContent = next.guild;
  $("date").textContent = next.time.date;
  $("clock").textContent = `${next.time.clock} in ${next.time.city}`;
  $("topic").textContent = place.topic;
  $("title").replaceChildren(...(place.key === "dm" ? [place.name] : [element("span", { className: "hash", textContent: "# " }), place.name]));
  document.title = `${place.key === "dm" ? "@" : "#"}${place.name} · StepForward demo`;
  if (JSON.stringify([before?.places, before?.view.place]) !== JSON.stringify([next.places, next.view.place])) drawPlaces(next);
  if (JSON.stringify([before?.people, before?.view.person]) !== JSON.stringify([next.people, next.view.person])) drawPeople(next, person);
  if (JSON.stringify(before?.apps) !== JSON.stringify(next.apps)) drawApps(next);
  drawMachine(next);
  drawFrame(next.view);
}

function drawPlaces(next) {
  const focused = document.activeElement?.dataset?.place;
  const rows = next.places.map((item) => {
    const row = element("button", { type: "button", className: "row" });
    row.dataset.place = item.key;
    if (item.key === next.view.place) row.setAttribute("aria-current", "page");
    const icon = item.key === "dm" ? picture("dm", 28) : element("span", { className: "hash", textContent: "#" });
    icon.setAttribute("aria-hidden", "true");
    row.append(icon, element("span", { className: "name", textContent: item.name }));
    if (item.unread && item.key !== next.view.place) {
      row.classList.add("news");
      row.append(badge(item.unread));
    }
    return element("li", {}, row);
  });
  $("channels").replaceChildren(...rows.slice(0, -1));
  $("direct").replaceChildren(rows.at(-1));
  if (focused) document.querySelector(`[data-place="${focused}"]`)?.focus();
}

function drawPeople(next, person) {
  $("who-picture").src = `/demo/portrait/${person.key}.png`;
  $("self-picture").src = $("who-picture").src;
  $("self").setAttribute("aria-label", `You are ${person.name}. Be somebody else`);
  $("who-name").textContent = person.name;
  const others = next.people.filter((item) => item.key !== person.key).reduce((sum, item) => sum + item.unread, 0);
  $("who-badge").textContent = others;
  $("who-badge").title = `${others} unread in other people's messages`;
  $("who-badge").hidden = others === 0;
  $("drawer-dot").hidden = !next.places.some((item) => item.unread && item.key !== next.view.place);
  const focused = document.activeElement?.dataset?.person;
  $("people").replaceChildren(...next.people.map((item) => {
    const row = element("button", { type: "button" }, picture(item.key, 28),
      element("span", { className: "two" }, element("b", { textContent: item.name }),
        element("small", { textContent: item.about === "newcomer" ? "has not used the bot yet" : `${item.about} · ${item.city}` })));
    row.setAttribute("role", "menuitemradio");
    row.setAttribute("aria-checked", String(item.key === person.key));
    row.dataset.person = item.key;
    if (item.unread) row.append(badge(item.unread));
    return row;
  }));
  if (focused) document.querySelector(`[data-person="${focused}"]`)?.focus();
}

function drawApps(next) {
  $("apps").hidden = next.apps.length === 0;
  $("apps-menu").replaceChildren(element("p", { textContent: "On your last message here" }), ...next.apps.map((name) => {
    const row = element("button", { type: "button" }, picture("dm", 24), name);
    row.setAttribute("role", "menuitem");
    row.dataset.app = name;
    return row;
  }));
}

const GOING = { stop: "Stopping the bot", start: "Starting the bot", reset: "Beginning anew" };
function drawMachine(next) {
  document.body.classList.toggle("stopped", !next.running);
  $("power-label").textContent = next.running ? "Stop the bot" : "Start the bot";
  $("off").hidden = next.running || Boolean(next.journey);
  for (const button of document.querySelectorAll(".time button")) button.disabled = Boolean(next.journey);
  $("journey").hidden = !next.journey;
  if (!next.journey) return;
  const { what, done, days } = next.journey;
  $("journey-text").textContent = what === "travel" ? `Day ${Math.min(done + 1, days)} of ${days}` : GOING[what];
  if (days) $("journey-bar").value = done / days; else $("journey-bar").removeAttribute("value");
}

// On a large screen one can write at once, as in Discord; on a phone that would raise the keyboard.
const roomy = window.matchMedia("(hover: hover) and (min-width: 761px)");
function type(frame) {
  const pressed = document.activeElement;
  if (pressed === document.body || pressed?.closest(".row, [role=menu]")) frame.contentDocument?.getElementById("channel-composer-input")?.focus();
}

// The old frame stays until the new one has drawn itself, so looking elsewhere never flashes.
function drawFrame(view) {
  if (!view.source || shown?.number === view.number || coming?.number === view.number) return;
  coming?.frame.remove();
  const frame = element("iframe", { src: view.source, title: "Conversation", className: "coming" });
  const mine = coming = { frame, number: view.number };
  $("frames").append(frame);
  $("frames").setAttribute("aria-busy", "true");
  const since = performance.now();
  const timer = setInterval(() => {
    if (coming !== mine) return clearInterval(timer);
    const drawn = frame.contentDocument?.getElementById("preview-app")?.getAttribute("aria-busy") === "false";
    if (!drawn && performance.now() - since < 6000) return;
    clearInterval(timer);
    shown?.frame.remove();
    frame.classList.remove("coming");
    shown = mine;
    coming = null;
    $("frames").setAttribute("aria-busy", "false");
    if (roomy.matches) type(frame);
    $("frames").dataset.shown = `${view.person} ${view.place}`;
  }, 25);
}

// --------------------------------------------------------------- pressing

function menu(button, list, open) {
  button.setAttribute("aria-expanded", String(open));
  list.hidden = !open;
  if (open) (list.querySelector('[aria-checked="true"]') ?? list.querySelector("button"))?.focus();
}
function drawer(open) {
  app.classList.toggle("open", open);
  $("scrim").hidden = !open;
  $("drawer").setAttribute("aria-expanded", String(open));
  if (open) document.querySelector('.row[aria-current="page"]')?.focus();
}
function closeAll() {
  menu($("who"), $("people"), false);
  menu($("apps"), $("apps-menu"), false);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  const { place, person, days, app: command } = button?.dataset ?? {};
  if (!["who", "self", "apps"].includes(button?.id)) closeAll();
  if (place || person) {
    drawer(false);
    // Said at once; the conversation follows when it is drawn.
    const wish = place ? { place } : { person };
    draw({ ...state, view: { ...state.view, ...wish, source: null } });
    post("go", wish);
  }
  if (days) post("skip", { days: Number(days) });
  if (command) post("apps", { command });
});
$("who").addEventListener("click", () => menu($("who"), $("people"), $("people").hidden));
$("self").addEventListener("click", () => { drawer(true); menu($("who"), $("people"), true); });
$("apps").addEventListener("click", () => menu($("apps"), $("apps-menu"), $("apps-menu").hidden));
$("drawer").addEventListener("click", () => drawer(!app.classList.contains("open")));
$("scrim").addEventListener("click", () => drawer(false));
$("power").addEventListener("click", () => post("power", { on: !state.running }));
$("reset").addEventListener("click", () => {
  if (window.confirm("Begin anew? Everything done in this demo is forgotten.")) post("reset");
});
document.addEventListener("keydown", (event) => {
  const list = event.target.closest?.('[role="menu"]');
  if (event.key === "Escape") {
    const opener = [$("who"), $("apps")].find((item) => item.getAttribute("aria-expanded") === "true");
    closeAll();
    drawer(false);
    opener?.focus();
  }
  if (!list || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  event.preventDefault();
  const rows = [...list.querySelectorAll("button")];
  rows.at((rows.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)) % rows.length)?.focus();
});
window.addEventListener("blur", () => setTimeout(() => { if (document.activeElement?.tagName === "IFRAME") closeAll(); }));

// The frame asks through this for what SimCord's own page lacks: a message's context menu.
window.demo = { say, commands: () => state?.apps ?? [], run: (command, message) => post("apps", { command, message }) };

async function watch() {
  try { await ask("state"); } catch { /* the next look may succeed; a press says so aloud */ }
  setTimeout(watch, state?.journey ? 300 : 1000);
}
watch();
