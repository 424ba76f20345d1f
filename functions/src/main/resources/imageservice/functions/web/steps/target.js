// What kind of machine it is for.
import { h } from "../dom.js";
import { t } from "../language.js";
import { notice } from "../notice.js";
import { card, form, heading } from "./parts.js";

export function target({ state, next, importing }) {
  const choices = ["metal", "cloud", "sbc"].map((kind) => card("target", kind, t("target." + kind),
    t("target." + kind + ".what"), state.target === kind || (!state.target && kind === "metal")));
  return [
    ...heading("target"),
    form((data) => {
      state.target = data.get("target");
      return next();
    }, h("fieldset", {}, h("legend", { class: "hidden" }, t("step.target")), h("div", { class: "cards tall" },
      choices))),
    existing(importing),
  ];
}

function existing(importing) {
  const area = h("textarea", { id: "import", rows: 6, spellcheck: "false", "aria-describedby": "import-hint" });
  const failed = h("div", {});
  const read = async () => {
    failed.replaceChildren();
    try {
      await importing(area.value);
    } catch (e) {
      failed.replaceChildren(notice(e));
    }
  };
  return h("details", { class: "panel" }, h("summary", {}, t("import")),
    h("div", { class: "stack" },
      h("div", { class: "field" }, h("label", { for: "import" }, t("importLabel")),
        h("p", { class: "quiet", id: "import-hint" }, t("importHint")), area),
      failed,
      h("div", {}, h("button", { type: "button", onclick: read }, t("importRead")))));
}
