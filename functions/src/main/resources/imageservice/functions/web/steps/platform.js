// Which cloud, or which single-board computer.
import { h } from "../dom.js";
import { t } from "../language.js";
import { card, form, heading } from "./parts.js";

export function platform({ state, offer, next }) {
  const all = offer.platforms.filter((each) => each.name !== "metal");
  return choice("platform", all, all.some((each) => each.name === state.platform) ? state.platform : "aws",
    (each) => each.boots.map((boot) => t("boot." + boot)).join(" · "), (name) => {
      state.platform = name;
      return next();
    });
}

export function board({ state, offer, next }) {
  const own = imported(state, offer);
  const all = own && !offer.boards.includes(own) ? [own, ...offer.boards] : offer.boards;
  const known = all.find((each) => each.name === state.board) ?? own;
  return choice("board", all, known?.name ?? "rpi_generic", (each) => each.name, (name) => {
    state.board = name;
    return next();
  });
}

// The board whose overlay a configuration that was read in has, or the overlay where no board is known for it.
function imported(state, offer) {
  const overlay = state.base?.overlay;
  return overlay && (offer.boards.find((each) => each.overlay === overlay.name && each.image === overlay.image)
    ?? { name: overlay.name, title: overlay.name });
}

function choice(name, all, chosen, what, done) {
  return [
    ...heading(name),
    form((data) => done(data.get(name)), h("fieldset", {}, h("legend", { class: "hidden" }, t("step." + name)),
      h("div", { class: "cards" }, all.map((each) => card(name, each.name, each.title, what(each),
        each.name === chosen))))),
  ];
}
