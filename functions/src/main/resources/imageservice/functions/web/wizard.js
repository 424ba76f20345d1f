// The way from nothing to a configuration, a step at a time.
import { create, get, text } from "./api.js";
import { document as written, fill } from "./configuration.js";
import { focusHeading, h, say, show } from "./dom.js";
import { t } from "./language.js";
import { notice } from "./notice.js";
import { empty, read, stepsOf, write } from "./state.js";
import { downloads } from "./downloads.js";
import { summary } from "./summary.js";
import { target } from "./steps/target.js";
import { version } from "./steps/version.js";
import { board, platform } from "./steps/platform.js";
import { machine } from "./steps/machine.js";
import { extensions } from "./steps/extensions.js";
import { settings } from "./steps/settings.js";

const STEPS = { target, version, platform, board, machine, extensions, settings };

let state = empty();
let made;

/** What a version offers, each asked for once. */
const offers = new Map();

async function offer() {
  if (!state.version) {
    return undefined;
  }
  if (!offers.has(state.version)) {
    offers.set(state.version, await get(`web/choices/v${state.version}`));
  }
  return offers.get(state.version);
}

export async function startWizard() {
  state = read(location.search);
  window.addEventListener("popstate", () => {
    const before = state;
    state = { ...read(location.search), meta: before.meta, embedded: before.embedded, base: before.base };
    redrawWizard().then(focusHeading);
  });
  if (state.id) {
    try {
      await readIn(state.id, state);
    } catch (e) {
      state.id = undefined;
      show(notice(e));
      return;
    }
  }
  await redrawWizard();
}

// Choices of the address win over those of the configuration.
async function readIn(id, asked) {
  const [json, canonical] = await Promise.all([get(`schematics/${id}`), text(`schematics/${id}`)]);
  const before = { ...asked };
  fill(asked, id, json, canonical);
  if (before.done.has("extensions")) {
    asked.extensions = before.extensions;
  }
  if (before.done.has("settings")) {
    Object.assign(asked, { cmdline: before.cmdline, bootloader: before.bootloader,
      overlayOptions: before.overlayOptions });
  }
  if (!before.target || !before.done.has("target")) {
    return;
  }
  asked.target = before.target;
}

/** Shows the step anew: in another language, or after a step back. */
export async function redrawWizard() {
  try {
    await draw(await offer());
  } catch (e) {
    show(page(notice(e, redrawWizard)));
  }
}

async function draw(offered) {
  if (state.step === "final") {
    await drawFinal(offered);
    return;
  }
  const context = { state, offer: offered, next, redraw: redrawWizard, importing };
  const content = await STEPS[state.step](context);
  if (content === undefined) {
    await move(1, true);
    return;
  }
  show(page(...content));
}

async function drawFinal(offered) {
  const chosen = offered.boards.find((each) => each.name === state.board);
  if (!state.id || made?.id !== state.id) {
    made = await create(written(state, chosen));
    state.id = made.id;
    history.replaceState(null, "", location.pathname + write(state));
  }
  show(page(h("div", { class: "stack" }, h("p", { class: "quiet" }, t("finalBusy")))));
  const view = await downloads({
    id: state.id, version: "v" + state.version, arch: state.target === "sbc" ? "arm64" : state.arch,
    platform: state.target === "cloud" ? state.platform : "metal", secureboot: state.secureboot, offer: offered,
    board: chosen, made,
  });
  show(page(...view, h("div", { class: "actions" }, h("button", { type: "button", onclick: () => move(-1) },
    t("back")), h("a", { class: "button", href: "./" }, t("again")))));
}

function page(...content) {
  const steps = stepsOf(state);
  const here = steps.indexOf(state.step);
  const items = steps.map((step, index) => {
    const kind = index < here ? "past" : index === here ? "now" : "later";
    return h("li", {}, h("button", {
      type: "button", class: "step " + kind, disabled: index > here, "aria-current": index === here ? "step" : false,
      "aria-label": t("stepOf", { step: t("step." + step), number: index + 1, all: steps.length }),
      onclick: () => move(index - here),
    }, h("span", {}, t("step." + step)), index < here ? h("span", { class: "step-value" }, summary(state, step,
      offers.get(state.version))) : undefined));
  });
  const back = here > 0 && state.step !== "final"
    ? h("button", { type: "button", onclick: () => move(-1) }, t("back")) : undefined;
  const body = h("div", { class: "content" }, ...content);
  if (back) {
    (body.querySelector(".actions") ?? body).append(back);
  }
  return h("div", { class: "wizard" }, h("nav", { class: "rail", "aria-label": t("steps") }, h("ol", {}, items),
    h("p", { class: "where", "aria-hidden": "true" }, t("stepOf", { step: t("step." + steps[here]), number: here + 1,
      all: steps.length }))), body);
}

async function next() {
  await move(1);
}

// A step without a choice is passed in the same direction.
async function move(by, isPassing = false) {
  const steps = stepsOf(state);
  const from = steps.indexOf(state.step);
  state.step = steps[Math.max(0, from + by)];
  if (state.step !== "final") {
    made = undefined;
    state.id = state.base ? state.id : undefined;
  } else {
    state.id = undefined;
  }
  const url = location.pathname + write(state);
  if (isPassing) {
    history.replaceState(null, "", url);
  } else {
    history.pushState(null, "", url);
  }
  await redrawWizard();
  focusHeading();
  say(t("stepOf", { step: t("step." + state.step), number: steps.indexOf(state.step) + 1, all: steps.length }));
}

/** Begins with a configuration that is there already, by its id or as a document. */
async function importing(given) {
  const id = /^[0-9a-f]{64}$/.test(given.trim()) ? given.trim() : (await create(given)).id;
  const fresh = empty();
  await readIn(id, fresh);
  state = fresh;
  if (state.target) {
    state.step = "version";
  }
  history.pushState(null, "", location.pathname + write(state));
  await redrawWizard();
  focusHeading();
  say(t("imported"));
}
