// What a step's choice was, in a few words.
import { t } from "./language.js";

export function summary(state, step, offer) {
  switch (step) {
    case "target":
      return t("target." + state.target);
    case "version":
      return "v" + state.version;
    case "platform":
      return offer?.platforms.find((each) => each.name === state.platform)?.title ?? state.platform;
    case "board":
      return offer?.boards.find((each) => each.name === state.board)?.title ?? state.board;
    case "machine":
      return state.arch + (state.secureboot ? ", " + t("secureBoot") : "");
    case "extensions":
      return state.extensions.length === 0 ? t("none") : t("extensionCount", { count: state.extensions.length });
    default:
      return state.cmdline || t("asUsual");
  }
}
