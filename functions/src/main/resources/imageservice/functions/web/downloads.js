// What can be downloaded for a configuration and a version.
import { get, text } from "./api.js";
import { assetRow } from "./asset.js";
import { copyable, h, show } from "./dom.js";
import { t } from "./language.js";
import { notice, warnings } from "./notice.js";
import { snippets } from "./snippets.js";

/** Kinds that a machine boots first; all others are for other ways. */
const MEDIA = ["ISO", "disk image"];

/** The page at /image/ID/VERSION. */
export async function showDownloads(id, version) {
  const query = new URLSearchParams(location.search);
  const wanted = {
    id, version, platform: query.get("platform") ?? "metal", arch: query.get("arch") ?? undefined,
    secureboot: query.get("secureboot") === "true",
  };
  try {
    const offer = await get(`web/choices/${encodeURIComponent(version)}`);
    const [title, ...view] = await downloads({ ...wanted, offer });
    show(h("div", { class: "content" }, title, chooser(wanted, offer), ...view, h("div", { class: "actions" },
      h("a", { class: "button", href: `?schematic-id=${id}&selected-version=${version.replace(/^v/, "")}` },
        t("change")), h("a", { class: "button", href: "./" }, t("again")))));
  } catch (e) {
    show(h("div", { class: "content" }, h("h1", {}, t("final.title")), notice(e,
      () => showDownloads(id, version))));
  }
}

// Another platform or architecture is another address.
function chooser(wanted, offer) {
  const select = (name, label, values, chosen) => {
    const element = h("select", { id: name, name }, values.map(([value, title]) => h("option", { value }, title)));
    element.value = chosen ?? "";
    element.addEventListener("change", () => {
      const query = new URLSearchParams(location.search);
      query.set(name, element.value);
      location.search = query.toString();
    });
    return h("div", { class: "field" }, h("label", { for: name }, label), element);
  };
  return h("div", { class: "cards" },
    select("platform", t("platform"), offer.platforms.map((each) => [each.name, each.title]), wanted.platform),
    select("arch", t("step.machine"), [["", t("both")], ["amd64", "amd64"], ["arm64", "arm64"]], wanted.arch));
}

/** The parts of the page. */
export async function downloads({ id, version, platform, arch, secureboot, offer, board, made }) {
  const query = new URLSearchParams({ platform });
  if (arch) {
    query.set("arch", arch);
  }
  if (secureboot) {
    query.set("secureboot", "true");
  }
  const [links, configuration] = await Promise.all([get(`image/${id}/${version}?${query}`),
    made ? made.schematic : text(`schematics/${id}`)]);
  const media = links.assets.filter((each) => MEDIA.includes(each.kind));
  const others = links.assets.filter((each) => !MEDIA.includes(each.kind));
  const said = [...new Set([...(made?.warnings ?? []), ...links.assets.flatMap((each) => each.warnings ?? [])])];
  const line = links.assets.find((each) => each.commandLine !== undefined)?.commandLine;
  const offered = offer.platforms.find((each) => each.name === platform);
  return [
    h("div", {}, h("p", { class: "eyebrow" }, what(version, offered, arch, secureboot, board)),
      h("h1", {}, t("final.title")), h("p", { class: "lead" }, t("final.lead"))),
    warnings(said),
    media.length === 0 ? undefined : panel("firstBoot", "firstBootLead", media.map((each, index) =>
      assetRow(each, links, index === 0))),
    scripts(links),
    links.installers.length === 0 ? undefined : panel("installer", "installerLead", links.installers.map((each) =>
      copyable(each, t("installer"), t)), h("h3", {}, t("upgrading")), copyable(
      `talosctl upgrade --image ${links.installers[0]}`, t("upgrading"), t)),
    others.length === 0 ? undefined : h("details", { class: "panel", open: media.length === 0 }, h("summary", {},
      t("others")), h("div", { class: "stack" }, others.map((each) => assetRow(each, links)))),
    h("section", { class: "panel" }, h("h2", {}, t("elsewhere")), ...snippets(links, configuration, media[0], arch)),
    about(links, configuration, line),
    documentation(version, offered, board, secureboot),
  ];
}

function what(version, offered, arch, secureboot, board) {
  return ["Talos " + version, board?.title ?? offered?.title, arch, secureboot ? t("secureBoot") : undefined]
    .filter((part) => part !== undefined).join(" · ");
}

function panel(title, lead, ...content) {
  return h("section", { class: "panel" }, h("h2", {}, t(title)), h("p", { class: "quiet" }, t(lead)),
    ...content.flat());
}

function scripts(links) {
  return links.scripts.length === 0 ? undefined
    : panel("network", "networkLead", links.scripts.map((each) => copyable(each, t("network"), t)));
}

function about(links, configuration, line) {
  return h("section", { class: "panel" }, h("h2", {}, t("configuration")), h("p", { class: "quiet" },
    t("configurationLead")), copyable(links.id, t("configurationId"), t),
  copyable(configuration.trimEnd(), t("configuration"), t),
  line === undefined ? undefined : h("div", { class: "stack" }, h("h3", {}, t("commandLine")), copyable(line,
    t("commandLine"), t)),
  h("ul", { class: "links" }, h("li", {}, h("a", { href: links.configuration }, t("configurationLink"))), h("li", {},
    h("a", { href: links.lock }, t("lockLink"))), h("li", {}, h("a",
    { href: `schematics/${links.id}/changes?from=${links.version}&to=${links.version}` }, t("changes.link")))));
}

function documentation(version, offered, board, secureboot) {
  const [major, minor] = version.replace(/^v/, "").split(".");
  const site = `https://www.talos.dev/v${major}.${minor}/`;
  const links = [["whatsNew", "introduction/what-is-new/"], ["supportMatrix", "introduction/support-matrix/"],
    ["gettingStarted", "introduction/getting-started/"]].map(([key, page]) => [t(key), site + page]);
  const guide = board?.guide ?? offered?.guide;
  if (guide) {
    links.push([board?.title ?? offered.title, guide]);
  }
  if (secureboot) {
    links.push([t("secureBoot"), site + "talos-guides/install/bare-metal-platforms/secureboot/"]);
  }
  return h("section", { class: "panel" }, h("h2", {}, t("documentation")), h("ul", { class: "links" },
    links.map(([title, href]) => h("li", {}, h("a", { href, rel: "noreferrer" }, title)))));
}
