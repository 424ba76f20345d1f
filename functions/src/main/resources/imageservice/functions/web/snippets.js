// The same with other programs.
import { copyable, h } from "./dom.js";
import { t } from "./language.js";

/** @param first the file that boots, where there is one */
export function snippets(links, configuration, first, arch) {
  const all = [];
  if (first) {
    all.push(["curl", `curl -fLO ${first.url}\ncurl -fL ${first.url}.sha256 | sha256sum -c`]);
  }
  if (links.scripts.length > 0) {
    all.push(["iPXE", `#!ipxe\nchain --replace --autofree ${links.scripts[0]}`]);
  }
  if (links.installers.length > 0) {
    all.push([t("machineConfiguration"), `machine:\n  install:\n    image: ${links.installers[0]}`]);
  }
  all.push(["Terraform", terraform(links, configuration, arch ?? "amd64")]);
  return all.map(([title, text]) => h("details", { class: "part", open: title === "curl" }, h("summary", {}, title),
    copyable(text, title, t)));
}

function terraform(links, configuration, arch) {
  const service = new URL(".", document.baseURI).href;
  const text = configuration.trimEnd().replace(/([$%])\{/g, "$1$1{").split("\n").map((line) => "    " + line)
    .join("\n");
  return `provider "talos" {
  image_factory_url = "${service}"
}

resource "talos_image_factory_schematic" "this" {
  schematic = <<-EOT
${text}
  EOT
}

data "talos_image_factory_urls" "this" {
  talos_version = "${links.version}"
  schematic_id  = talos_image_factory_schematic.this.id
  platform      = "${links.platform}"
  architecture  = "${arch}"
}`;
}
