// Which processor, and whether with secure boot.
import { h } from "../dom.js";
import { t } from "../language.js";
import { card, form, heading } from "./parts.js";

export function machine({ state, offer, next }) {
  const name = state.target === "cloud" ? state.platform : "metal";
  const platform = offer.platforms.find((each) => each.name === name);
  const all = platform?.architectures ?? ["amd64"];
  if (!platform?.secureBoot) {
    state.secureboot = false;
  }
  if (!all.includes(state.arch)) {
    state.arch = undefined;
  }
  if (all.length === 1 && !platform.secureBoot) {
    state.arch = all[0];
    return undefined;
  }
  const cards = all.map((each) => card("arch", each, each, t("arch." + each), each === (state.arch ?? all[0])));
  const secureBoot = platform.secureBoot
    ? h("fieldset", {}, h("legend", {}, t("secureBoot")), card("secureboot", "true", t("secureBootUse"),
      t("secureBootWhat"), state.secureboot, "checkbox")) : undefined;
  return [
    ...heading("machine"),
    form((data) => {
      state.arch = data.get("arch");
      state.secureboot = data.get("secureboot") === "true";
      return next();
    }, h("fieldset", {}, h("legend", {}, t("step.machine")), h("div", { class: "cards" }, cards)), secureBoot),
  ];
}
