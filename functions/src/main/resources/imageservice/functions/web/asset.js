// One file that can be downloaded: what it is, whether it is there, and how far its build is.
import { build } from "./api.js";
import { h, say } from "./dom.js";
import { has, size, t } from "./language.js";
import { notice } from "./notice.js";

/** A key of the texts for a kind, a state or a stage of the service's. */
export function key(room, name) {
  const whole = room + "." + name.replace(/[^A-Za-z]+/g, "-");
  return has(whole) ? t(whole) : name;
}

/** A row with a button that builds the file first, where it is not there yet. */
export function assetRow(asset, links, isFirst = false) {
  const badge = h("span", { class: "badge" });
  const facts = h("div", { class: "asset-facts" });
  const work = h("div", { class: "asset-work", hidden: true });
  const failed = h("div", { class: "asset-facts" });
  const button = h("a", { class: isFirst ? "button small primary" : "button small", href: asset.url, "aria-label": t("downloadOf",
    { name: asset.name }) }, t("download"));
  const draw = (status) => {
    badge.className = "badge " + status.state;
    badge.textContent = key("state", status.state);
    facts.replaceChildren(badge, ...described(asset, status, links));
    work.hidden = status.state !== "building" && status.state !== "queued";
    if (!work.hidden) {
      work.replaceChildren(...progress(status));
    }
  };
  button.addEventListener("click", async (event) => {
    if (asset.state === "ready" || event.ctrlKey || event.metaKey || event.shiftKey) {
      return;
    }
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") {
      return;
    }
    button.setAttribute("aria-disabled", "true");
    failed.replaceChildren();
    say(t("buildingOf", { name: asset.name }));
    try {
      Object.assign(asset, await build(asset.url, draw), { state: "ready" });
      say(t("readyOf", { name: asset.name }));
      location.assign(asset.url);
    } catch (e) {
      draw({ state: "failed" });
      failed.replaceChildren(notice(e));
    }
    button.removeAttribute("aria-disabled");
  });
  draw(asset);
  if (asset.state === "refused") {
    button.hidden = true;
  }
  return h("div", { class: "asset", "data-name": asset.name }, h("div", {}, h("div", { class: "asset-name" },
    asset.name), h("div", { class: "quiet" }, key("kind", asset.kind))), h("div", {}, button), facts, work, failed);
}

function described(asset, status, links) {
  if (status.state === "refused" || (status.state === "failed" && status.reason)) {
    return [h("span", { class: "said" }, status.reason)];
  }
  if (status.state === "unbuilt") {
    return [h("span", {}, asset.buildSeconds ? t("unbuiltAbout", { seconds: asset.buildSeconds }) : t("unbuiltHint"))];
  }
  if (status.state !== "ready") {
    return [];
  }
  return [h("span", {}, size(status.size)), h("span", { class: "hash" }, "SHA-256 " + status.sha256),
    ...links.documents.map((suffix) => h("a", { href: asset.url + suffix }, suffix.slice(1)))];
}

/** How far a build is: a bar, its stage and its bytes. */
export function progress(status) {
  const percent = status.percent ?? 0;
  const bytes = status.totalBytes ? ` · ${size(status.doneBytes)} / ${size(status.totalBytes)}` : "";
  const stage = status.place ? t("place", { place: status.place }) : key("stage", status.stage ?? "queued");
  return [h("progress", { max: 100, value: percent, "aria-label": stage }), h("span", {}, `${stage} · ${percent} %`
    + bytes)];
}
