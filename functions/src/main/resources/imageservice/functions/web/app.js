// Shows what the address asks for.
import { h, say } from "./dom.js";
import { LANGUAGES, language, remember, t, use, wanted } from "./language.js";
import { startWizard, redrawWizard } from "./wizard.js";
import { showDownloads } from "./downloads.js";
import { showBuild } from "./build.js";
import { showChanges } from "./changes.js";

/** The part of the path behind the service's own address. */
function place() {
  const base = new URL(".", document.baseURI).pathname;
  return location.pathname.slice(base.length).split("/").filter((part) => part !== "").map(decodeURIComponent);
}

async function show() {
  const [room, id, version, name] = place();
  if (room === "image" && name !== undefined) {
    await showBuild(`image/${id}/${version}`, version, name);
  } else if (room === "schematics" && version === "changes") {
    await showChanges(id);
  } else if (room === "talosctl" && version !== undefined) {
    await showBuild(`talosctl/${id}`, id, version);
  } else if (room === "image") {
    await showDownloads(id, version);
  } else {
    await startWizard();
  }
}

function frame() {
  const select = document.getElementById("language");
  select.replaceChildren(...Object.entries(LANGUAGES).map(([code, name]) => h("option", { value: code, lang: code },
    name)));
  select.value = language();
  document.getElementById("language-label").textContent = t("language");
  document.getElementById("skip").textContent = t("skip");
  document.getElementById("bottom").replaceChildren(
    h("span", {}, t("footer")),
    h("a", { href: "versions" }, t("footerVersions")),
    h("a", { href: "pxe" }, t("footerPxe")));
}

document.getElementById("language").addEventListener("change", async (event) => {
  remember(event.target.value);
  await use(event.target.value);
  frame();
  if (place()[0] === undefined) {
    await redrawWizard();
  } else {
    await show();
  }
  say(t("languageChanged"));
});

document.getElementById("skip").addEventListener("click", () => document.getElementById("main").focus());

await use(wanted());
frame();
await show();
