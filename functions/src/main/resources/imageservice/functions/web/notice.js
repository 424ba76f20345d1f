// What is said where something does not work.
import { Refusal } from "./api.js";
import { h } from "./dom.js";
import { t } from "./language.js";

/** The service's own words, the request's id, and a way to try again. */
export function notice(error, again) {
  if (!(error instanceof Refusal)) {
    throw error;
  }
  const said = error.status === 0 ? t("unreachable") : error.message;
  return h("div", { class: "stack", role: "alert" },
    h("div", { class: "note bad" }, h("p", {}, said),
      error.requestId ? h("p", { class: "quiet" }, t("request", { id: error.requestId })) : undefined),
    again ? h("div", { class: "actions" }, h("button", { type: "button", onclick: () => again() }, t("tryAgain")))
      : undefined);
}

/** A list of warnings, each a line of the service's. */
export function warnings(lines) {
  return lines.length === 0 ? undefined
    : h("div", { class: "note warn" }, h("strong", {}, t("warnings")), h("ul", {}, lines.map((line) => h("li", {},
      line))));
}
