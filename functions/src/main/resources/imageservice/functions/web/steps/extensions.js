// Which system extensions, out of the release's catalogue.
import { get } from "../api.js";
import { h, say } from "../dom.js";
import { t } from "../language.js";
import { form, heading } from "./parts.js";

/** The program that Omni starts machines with, which people do not choose. */
const HIDDEN = "siderolabs/metal-agent";

export async function extensions({ state, next }) {
  const catalogue = (await get(`version/v${state.version}/extensions/official`))
    .filter((each) => each.name !== HIDDEN);
  const chosen = new Set(state.extensions);
  const gone = state.extensions.filter((name) => !catalogue.some((each) => each.name === name));
  const rows = catalogue.map((each) => row(each, chosen));
  const count = h("p", { class: "quiet", "aria-hidden": "true" });
  const search = h("input", { id: "search", type: "search", autocomplete: "off", spellcheck: "false" });
  const found = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter((word) => word !== "");
    rows.forEach(({ element, words: own, box }) => {
      element.hidden = !box.checked && !words.every((word) => own.includes(word));
    });
    const shown = rows.filter(({ element }) => !element.hidden).length;
    count.textContent = t("extensionsShown", { shown, all: rows.length, chosen: chosen.size });
  };
  let timer;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    found();
    timer = setTimeout(() => say(count.textContent), 600);
  });
  rows.forEach(({ box, name }) => box.addEventListener("change", () => {
    if (box.checked) {
      chosen.add(name);
    } else {
      chosen.delete(name);
    }
    state.extensions = [...chosen];
    found();
  }));
  found();
  return [
    ...heading("extensions"),
    form(() => {
      state.extensions = [...chosen];
      return next();
    },
    missing(gone, chosen),
    h("div", { class: "field" }, h("label", { for: "search" }, t("extensionSearch")), search, count),
    h("fieldset", {}, h("legend", { class: "hidden" }, t("step.extensions")), h("div", { class: "rows" },
      rows.map(({ element }) => element))),
    h("p", { class: "quiet" }, t("extensionOrder"))),
  ];
}

function row(each, chosen) {
  const box = h("input", { type: "checkbox", name: "extensions", value: each.name, checked: chosen.has(each.name) });
  const tag = each.ref.slice(each.ref.lastIndexOf(":") + 1);
  const element = h("label", { class: "card" }, box, h("span", { class: "card-text" },
    h("strong", {}, each.name.replace(/^siderolabs\//, "")),
    h("span", {}, each.description.trim()),
    h("span", {}, [tag, each.author].filter((part) => part !== "").join(" · "))));
  return { element, box, name: each.name, words: `${each.ref} ${each.description}`.toLowerCase() };
}

// Those of a configuration that was read in which this version does not have.
function missing(gone, chosen) {
  if (gone.length === 0) {
    return undefined;
  }
  const note = h("div", { class: "note warn stack", role: "alert" }, h("p", {}, t("extensionsGone",
    { names: gone.join(", ") })));
  note.append(h("div", {}, h("button", {
    type: "button", class: "small", onclick: () => {
      gone.forEach((name) => chosen.delete(name));
      note.remove();
    },
  }, t("extensionsLeaveOut"))));
  return note;
}
