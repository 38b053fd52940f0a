// What SimCord's picker does not show: a message's context menu with the bot's own commands, under "Apps".

// The Preview calls itself ready when 30 MB of fonts have been read, and reads them anew with every look elsewhere.
// Scripts that are not on the screen can wait: the style sheet still fetches them when a letter asks for them.
const later = /Emoji|Mono|Arabic|Hebrew|Devanagari|Noto Sans SC|italic/;
const { load, check } = document.fonts;
document.fonts.load = (font, text) => (later.test(font) ? Promise.resolve([]) : load.call(document.fonts, font, text));
document.fonts.check = (font, text) => later.test(font) || check.call(document.fonts, font, text);

const shell = window.parent === window ? null : window.parent.demo;
// Discord asks for choices as soon as an option is entered; the Preview waits for the first letter.
const asked = new WeakSet();
document.addEventListener("focusin", ({ target }) => {
  if (!target.matches?.('.command-option-input[role="combobox"]') || target.value || asked.has(target)) return;
  asked.add(target);
  setTimeout(() => { if (target.isConnected && !target.value) target.dispatchEvent(new Event("input")); });
});

let menu = null;

// The Preview tells of a press that came to nothing in its toolbar, which is hidden here; Discord tells it aloud.
const ask = window.fetch;
window.fetch = async (...args) => {
  if (args[0] === "/api/action" && /"(run_command|modal_submit)"/.test(args[1]?.body)) following = true;
  const answer = await ask(...args);
  if (args[0] === "/api/action" && answer.status === 200) answer.clone().json().then(tell, () => {});
  return answer;
};
const unimportant = new Set(["stale-context", "stale-generation", "stale-sequence", "query-invalid", "stale-cursor"]);
function tell(receipt) {
  const problem = receipt.diagnostics?.[0];
  if (receipt.acknowledgement === "unacknowledged" || receipt.settlement === "timeout") shell?.say("The application did not respond");
  else if (problem && !unimportant.has(problem.code) && !["autocomplete-unanswered", "command-option-invalid"].includes(problem.code)) shell?.say(problem.message);
}

function close(returnTo) {
  menu?.remove();
  menu = null;
  returnTo?.focus?.();
}

function open(message, x, y, opener) {
  close();
  const commands = shell?.commands() ?? [];
  if (!commands.length) return false;
  menu = document.createElement("div");
  menu.className = "demo-menu";
  menu.setAttribute("role", "menu");
  menu.setAttribute("aria-label", "Apps");
  menu.append(Object.assign(document.createElement("p"), { textContent: "Apps" }));
  for (const name of commands) {
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: name });
    button.setAttribute("role", "menuitem");
    button.addEventListener("click", () => { close(opener); shell.run(name, message); });
    menu.append(button);
  }
  document.body.append(menu);
  menu.style.left = `${Math.max(8, Math.min(x, innerWidth - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.max(8, Math.min(y, innerHeight - menu.offsetHeight - 8))}px`;
  menu.querySelector("button").focus();
  menu.addEventListener("keydown", (event) => { if (event.key === "Escape") close(opener); });
  return true;
}

document.addEventListener("contextmenu", (event) => {
  const article = event.target.closest?.(".channel-message");
  if (article && open(article.dataset.messageId, event.clientX, event.clientY)) event.preventDefault();
});
document.addEventListener("pointerdown", (event) => { if (menu && !menu.contains(event.target)) close(); });

// The same, reachable by keyboard and by touch: a button beside Reply in each message's own toolbar.
function dress(toolbar) {
  const article = toolbar.closest(".channel-message");
  if (!article || toolbar.querySelector(".demo-apps") || !(shell?.commands() ?? []).length) return;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "message-action-button demo-apps", textContent: "Apps" });
  button.setAttribute("aria-haspopup", "menu");
  button.addEventListener("click", () => {
    const box = button.getBoundingClientRect();
    open(article.dataset.messageId, box.left, box.bottom + 4, button);
  });
  toolbar.append(button);
}
new MutationObserver(() => document.querySelectorAll(".message-context-actions").forEach(dress))
  .observe(document.getElementById("preview-app"), { childList: true, subtree: true });

// Discord stays at the latest message, and goes there with every command. The Preview loses its place whenever the
// composer grows or the letters arrive late, and leaves the answer out of sight.
const timeline = document.getElementById("channel-timeline");
let following = true;
let settled = 0;
const distance = () => timeline.scrollHeight - timeline.scrollTop - timeline.clientHeight;
const follow = () => { if (following && distance() > 1) timeline.scrollTop = timeline.scrollHeight; };
const grown = new ResizeObserver(() => { settled = performance.now() + 1000; follow(); });
grown.observe(timeline);
grown.observe(document.getElementById("channel-message-list"));
for (const gesture of ["wheel", "touchmove", "pointerdown", "keydown", "focusin"])
  timeline.addEventListener(gesture, () => { settled = 0; }, { passive: true });
timeline.addEventListener("scroll", () => {
  if (performance.now() < settled) follow();
  else following = distance() < 40;
});
