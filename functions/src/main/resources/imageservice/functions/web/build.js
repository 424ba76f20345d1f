// The page of a file that is being built, which downloads it in the end.
import { build } from "./api.js";
import { key, progress } from "./asset.js";
import { address, h, say, show } from "./dom.js";
import { size, t } from "./language.js";
import { notice } from "./notice.js";

let begun;

/** @param folder of the file, as the service's addresses have it */
export async function showBuild(folder, version, name) {
  const url = address(`${folder}/${encodeURIComponent(name)}`);
  const status = h("div", { class: "panel" });
  const failed = h("div", {});
  show(h("div", { class: "narrow content" },
    h("div", {}, h("p", { class: "eyebrow" }, "Talos " + version), h("h1", {}, name), h("p", { class: "lead" },
      t("build.lead"))),
    status, failed,
    folder.startsWith("image/") ? h("p", {}, h("a", { href: folder }, t("allDownloads"))) : undefined));
  const draw = (told) => status.replaceChildren(h("p", {}, h("span", { class: "badge " + told.state },
    key("state", told.state))), ...(told.state === "ready" ? finished(told, url) : [h("div", { class: "asset-work" },
    progress(told))]));
  draw({ state: "queued" });
  await begin(url, name, draw, failed);
}

function finished(told, url) {
  return [h("p", {}, size(told.size)), h("p", { class: "hash" }, "SHA-256 " + told.sha256), h("div",
    { class: "actions" }, h("a", { class: "button primary", href: url }, t("download")))];
}

// The download begins once, however often the page is drawn.
async function begin(url, name, draw, failed) {
  try {
    say(t("buildingOf", { name }));
    await build(url, draw);
    say(t("readyOf", { name }));
    if (!begun) {
      begun = true;
      location.assign(url + location.search);
    }
  } catch (e) {
    draw({ state: "failed" });
    failed.replaceChildren(notice(e, () => begin(url, name, draw, failed)));
  }
}
