// Which Talos release.
import { get } from "../api.js";
import { h } from "../dom.js";
import { t } from "../language.js";
import { form, heading } from "./parts.js";

/** The first minor release with overlays. */
const OVERLAYS = 7;

const parts = (version) => version.split(/[.-]/).map((part) => Number(part));
const isPre = (version) => version.includes("-");
const minor = (version) => parts(version).slice(0, 2).join(".");

export async function version({ state, next }) {
  const all = (await get("versions")).map((each) => each.replace(/^v/, "")).reverse()
    .filter((each) => state.target !== "sbc" || parts(each)[0] > 1 || parts(each)[1] >= OVERLAYS);
  const usual = all.includes(state.version) ? state.version : all.find((each) => !isPre(each)) ?? all[0];
  const groups = Map.groupBy(all, (each) => minor(each) + (isPre(each) ? "-pre" : ""));
  const select = h("select", { id: "version", name: "version" }, [...groups].map(([name, versions]) => h("optgroup",
    { label: isPre(versions[0]) ? t("versionPre", { minor: minor(versions[0]) }) : t("versionMinor",
      { minor: name }) }, versions.map((each) => h("option", { value: each }, "v" + each)))));
  select.value = usual ?? "";
  const links = h("ul", { class: "links" });
  const warning = h("p", { class: "note warn" }, t("versionWarning"));
  const changed = () => {
    links.replaceChildren(...documents(select.value));
    warning.hidden = !isPre(select.value);
  };
  select.addEventListener("change", changed);
  changed();
  return [
    ...heading("version"),
    form((data) => {
      state.version = data.get("version");
      return next();
    }, h("div", { class: "field" }, h("label", { for: "version" }, t("step.version")), select), links, warning),
  ];
}

function documents(chosen) {
  const folder = `https://www.talos.dev/v${minor(chosen)}/introduction/`;
  return [["whatsNew", "what-is-new/"], ["supportMatrix", "support-matrix/"]].map(([key, page]) => h("li", {},
    h("a", { href: folder + page, rel: "noreferrer" }, t(key))));
}
