// Kernel arguments, boot loader, META, and what is embedded.
import { h } from "../dom.js";
import { t } from "../language.js";
import { form, heading } from "./parts.js";

const EXAMPLE = "console=ttyS0,115200 net.ifnames=0";

export function settings({ state, offer, next }) {
  const loaders = offer.bootloaders.filter((each) => !state.secureboot || each !== "grub");
  const rows = h("div", { class: "stack" });
  state.meta.forEach((each) => rows.append(metaRow(state, each)));
  const keep = (data) => {
    state.cmdline = data.get("cmdline").trim();
    state.bootloader = data.get("bootloader") ?? "";
    state.embedded = data.get("embedded") ?? "";
    state.overlayOptions = data.get("overlay-options") ?? "";
  };
  const result = form((data) => {
    keep(data);
    state.meta = state.meta.filter((each) => each.value !== "");
    return next();
  },
  field("cmdline", h("input", { name: "cmdline", value: state.cmdline, placeholder: EXAMPLE, autocomplete: "off",
    spellcheck: "false", class: "mono" })),
  loaders.length === 0 ? undefined : field("bootloader", select(loaders, state.bootloader)),
  state.target === "sbc" ? field("overlay-options", h("textarea", { name: "overlay-options", rows: 4,
    spellcheck: "false", value: state.overlayOptions })) : undefined,
  h("fieldset", { class: "stack" }, h("legend", {}, t("meta")), h("p", { class: "quiet" }, t("metaHint")), rows,
    h("div", {}, h("button", { type: "button", class: "small", onclick: () => add(state, rows) }, t("metaAdd")))),
  offer.embeddedMachineConfiguration ? field("embedded", h("textarea", { name: "embedded", rows: 8,
    spellcheck: "false", value: state.embedded })) : undefined);
  // What was typed stays on the way back, too.
  result.addEventListener("input", () => keep(new FormData(result)));
  return [...heading("settings"), result];
}

function field(name, input) {
  input.id = name;
  input.setAttribute("aria-describedby", name + "-hint");
  return h("div", { class: "field" }, h("label", { for: name }, t(name)), h("p", { class: "quiet", id: name + "-hint" },
    t(name + "Hint")), input);
}

function select(loaders, chosen) {
  const element = h("select", { name: "bootloader" }, h("option", { value: "" }, t("bootloader.auto")),
    loaders.map((each) => h("option", { value: each }, t("bootloader." + each))));
  element.value = loaders.includes(chosen) ? chosen : "";
  return element;
}

function add(state, rows) {
  const each = { key: "10", value: "" };
  state.meta.push(each);
  const row = metaRow(state, each);
  rows.append(row);
  row.querySelector("textarea").focus();
}

function metaRow(state, each) {
  const key = h("input", { type: "number", min: 0, max: 255, required: true, value: each.key,
    "aria-label": t("metaKey") });
  const value = h("textarea", { rows: 2, spellcheck: "false", value: each.value, "aria-label": t("metaValue") });
  key.addEventListener("input", () => {
    each.key = key.value;
  });
  value.addEventListener("input", () => {
    each.value = value.value;
  });
  const row = h("div", { class: "meta-row" }, key, value, h("button", {
    type: "button", class: "plain small", onclick: () => {
      state.meta = state.meta.filter((other) => other !== each);
      row.remove();
    },
  }, t("remove")));
  return row;
}
