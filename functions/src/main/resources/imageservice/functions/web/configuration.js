// A configuration as the service takes it, from what has been chosen, and back.

/** Arguments apart at blanks that are not between double quotes. */
export function split(line) {
  return line.match(/(?:[^\s"]|"[^"]*"?)+/g) ?? [];
}

function sameText(left, right) {
  return JSON.stringify(left) === JSON.stringify(right);
}

/** The extensions in the order of the configuration that was read in, where they are the same; else sorted. */
function ordered(chosen, base) {
  const before = base?.customization?.systemExtensions?.officialExtensions ?? [];
  return sameText([...new Set(before)].sort(), [...chosen].sort()) ? before : [...chosen].sort();
}

function argumentsOf(state) {
  const before = state.base?.customization?.extraKernelArgs ?? [];
  return state.cmdline === before.join(" ") ? before : split(state.cmdline);
}

/** The document, in YAML whose customization is JSON: options of overlays stay as they were typed. */
export function document(state, board) {
  const customization = {
    ...state.base?.customization,
    embeddedMachineConfiguration: state.embedded || undefined,
    extraKernelArgs: argumentsOf(state),
    meta: state.meta.map(({ key, value }) => ({ key: Number(key), value })),
    systemExtensions: { officialExtensions: ordered(state.extensions, state.base) },
    bootloader: state.bootloader || undefined,
  };
  const owner = state.base?.owner ? `owner: ${plain(state.base.owner)}\n` : "";
  return owner + overlay(state, board) + `customization: ${plain(customization)}\n`;
}

function overlay(state, board) {
  const chosen = board ?? (state.target === "sbc" ? state.base?.overlay : undefined);
  if (!chosen) {
    return "";
  }
  const name = board ? board.overlay : chosen.name;
  const options = state.overlayOptions.trim() === ""
    ? "" : "  options:\n" + state.overlayOptions.trimEnd().replace(/^(?=.*\S)/gm, "    ") + "\n";
  return `overlay:\n  image: ${plain(chosen.image)}\n  name: ${plain(name)}\n${options}`;
}

// JSON that YAML reads as well.
function plain(value) {
  return JSON.stringify(value).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
}

/** Takes the choices out of a configuration that was read in. */
export function fill(state, id, json, canonical) {
  const made = json.customization ?? {};
  state.base = json;
  state.id = id;
  state.extensions = [...new Set(made.systemExtensions?.officialExtensions ?? [])];
  state.cmdline = (made.extraKernelArgs ?? []).join(" ");
  state.meta = (made.meta ?? []).map(({ key, value }) => ({ key: String(key), value }));
  state.embedded = made.embeddedMachineConfiguration ?? "";
  state.bootloader = made.bootloader ?? "";
  state.overlayOptions = options(canonical);
  if (json.overlay) {
    state.target = "sbc";
  }
}

// The lines of the canonical text below overlay.options.
function options(canonical) {
  const lines = canonical.split("\n");
  const start = lines.indexOf("    options:");
  if (start < 0 || lines.indexOf("overlay:") > start || !lines.includes("overlay:")) {
    return "";
  }
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => line !== "" && !line.startsWith("        "));
  return rest.slice(0, end < 0 ? rest.length : end).map((line) => line.slice(8)).join("\n").trimEnd();
}
