// Parts that steps have in common.
import { h } from "../dom.js";
import { t } from "../language.js";

export function heading(step) {
  return [h("div", {}, h("h1", {}, t(step + ".title")), h("p", { class: "lead" }, t(step + ".lead")))];
}

/** A form that goes on to the next step. */
export function form(done, ...content) {
  return h("form", {
    class: "content", onsubmit: (event) => {
      event.preventDefault();
      done(new FormData(event.target));
    },
  }, ...content, h("div", { class: "actions" }, h("button", { type: "submit", class: "primary" }, t("next"))));
}

/** A choice of one, as a card. */
export function card(name, value, title, what, checked, type = "radio") {
  return h("label", { class: "card" }, h("input", { type, name, value, checked }),
    h("span", { class: "card-text" }, h("strong", {}, title), what ? h("span", {}, what) : undefined));
}
