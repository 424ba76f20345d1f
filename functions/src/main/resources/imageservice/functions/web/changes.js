// What becomes of a configuration by an upgrade.
import { get } from "./api.js";
import { h, show } from "./dom.js";
import { t } from "./language.js";
import { notice } from "./notice.js";

export async function showChanges(id) {
  const query = new URLSearchParams(location.search);
  try {
    const [changes, versions] = await Promise.all([get(`schematics/${id}/changes?${query}`), get("versions")]);
    show(h("div", { class: "content" },
      h("div", {}, h("p", { class: "eyebrow" }, `${changes.from} → ${changes.to} · ${changes.target}`),
        h("h1", {}, t("changes.title")), h("p", { class: "lead" }, t("changes.lead"))),
      chooser(query, changes, versions.reverse()),
      changes.refusals.length === 0 ? undefined : h("div", { class: "note bad" }, changes.refusals.map((line) =>
        h("p", {}, line))),
      extensions(changes), loaders(changes), commandLine(changes),
      h("p", {}, h("a", { href: `image/${id}/${changes.to}` }, t("allDownloads")))));
  } catch (e) {
    show(h("div", { class: "content" }, h("h1", {}, t("changes.title")), notice(e, () => showChanges(id))));
  }
}

function chooser(query, changes, versions) {
  return h("div", { class: "cards" }, ["from", "to"].map((name) => {
    const select = h("select", { id: name }, versions.map((each) => h("option", { value: each }, each)));
    select.value = changes[name];
    select.addEventListener("change", () => {
      query.set(name, select.value);
      location.search = query.toString();
    });
    return h("div", { class: "field" }, h("label", { for: name }, t("changes." + name)), select);
  }));
}

function panel(title, ...content) {
  return h("section", { class: "panel" }, h("h2", {}, t(title)), ...content);
}

function extensions(changes) {
  const all = [...changes.extensions, ...(changes.overlay ? [changes.overlay] : [])];
  return panel("step.extensions", all.length === 0 ? h("p", { class: "quiet" }, t("none")) : all.map((each) => h("div",
    { class: "asset" }, h("div", { class: "asset-name" }, each.newName ? `${each.name} → ${each.newName}` : each.name),
    h("div", {}, h("span", { class: "badge " + mood(each.change) }, t("change." + each.change))),
    h("div", { class: "asset-facts" }, [each.from, each.to].filter((part) => part !== undefined).join(" → ")))));
}

function mood(change) {
  return { missing: "failed", same: "", updated: "ready", new: "ready", renamed: "building" }[change];
}

function loaders(changes) {
  return panel("bootloader", changes.bootloaders.map((each) => h("p", {}, h("strong", {}, each.asset), ": ",
    each.from === each.to ? loader(each.to) : `${loader(each.from)} → ${loader(each.to)}`)));
}

function loader(name) {
  return name === undefined ? t("none") : t("bootloader." + name);
}

function commandLine({ commandLine: { removed, added } }) {
  const lines = [...removed.map((each) => "- " + each), ...added.map((each) => "+ " + each)];
  return panel("commandLine", lines.length === 0 ? h("p", { class: "quiet" }, t("changes.none"))
    : h("div", { class: "code" }, h("pre", {}, h("code", {}, lines.join("\n")))));
}
