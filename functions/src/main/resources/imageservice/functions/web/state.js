// What has been chosen, and its place in the address.

/** The names of the address, by step. A step is done where its first name is there. */
const NAMES = {
  target: ["target"],
  version: ["version"],
  platform: ["platform"],
  board: ["board"],
  machine: ["arch", "secureboot"],
  extensions: ["extensions"],
  settings: ["cmdline-set", "cmdline", "bootloader", "overlay-options"],
};

const LATER = "selected-";

/** Everything that a person chooses. META and the embedded configuration may be secret: they never get into the
 * address. `base` is the configuration that was read in, `base.id` its id. */
export function empty() {
  return {
    step: "target", target: undefined, version: undefined, platform: undefined, board: undefined, arch: undefined,
    secureboot: false, extensions: [], bootloader: "", cmdline: "", overlayOptions: "", meta: [], embedded: "",
    base: undefined, id: undefined, done: new Set(),
  };
}

export function stepsOf(state) {
  const machine = { metal: [], cloud: ["platform"], sbc: ["board"] }[state.target] ?? [];
  const architecture = state.target === "sbc" ? [] : ["machine"];
  return ["target", "version", ...machine, ...architecture, "extensions", "settings", "final"];
}

/** The choices of an address, and the first step that is not done. */
export function read(search) {
  const query = new URLSearchParams(search);
  const state = empty();
  const all = (name) => [...query.getAll(name), ...query.getAll(LATER + name)].filter((v) => v !== "undefined");
  const first = (name) => all(name)[0];
  state.target = ["metal", "cloud", "sbc"].find((each) => each === first("target"));
  state.version = first("version")?.replace(/^v/, "");
  state.platform = first("platform");
  state.board = first("board");
  state.arch = ["amd64", "arm64"].find((each) => each === first("arch"));
  state.secureboot = first("secureboot") === "true";
  state.extensions = [...new Set(all("extensions"))].filter((name) => name !== "-");
  state.bootloader = first("bootloader") === "auto" ? "" : first("bootloader") ?? "";
  state.cmdline = first("cmdline") ?? "";
  state.overlayOptions = first("overlay-options") ?? "";
  state.id = first("schematic-id");
  const steps = stepsOf(state);
  state.step = steps.find((step) => step === "final" || !query.has(NAMES[step][0])) ?? "target";
  steps.slice(0, steps.indexOf(state.step)).forEach((step) => state.done.add(step));
  return state;
}

/** The address of a state: what is done under its own name, what comes later behind "selected-". */
export function write(state) {
  const query = new URLSearchParams();
  const steps = stepsOf(state);
  const here = steps.indexOf(state.step);
  steps.slice(0, -1).forEach((step, index) => {
    const mark = index < here ? "" : LATER;
    values(state, step, index < here).forEach(([name, value]) => query.append(mark + name, value));
  });
  if (state.id) {
    query.append(state.step === "final" ? "schematic-id" : LATER + "schematic-id", state.id);
  }
  const text = query.toString();
  return text === "" ? "" : "?" + text;
}

function values(state, step, isDone) {
  const all = {
    target: [["target", state.target]],
    version: [["version", state.version]],
    platform: [["platform", state.platform]],
    board: [["board", state.board]],
    machine: [["arch", state.arch], ["secureboot", state.secureboot ? "true" : undefined]],
    extensions: [...state.extensions, ...(isDone && state.extensions.length === 0 ? ["-"] : [])]
      .map((name) => ["extensions", name]),
    settings: [["cmdline-set", isDone ? "true" : undefined], ["cmdline", state.cmdline],
      ["bootloader", state.bootloader], ["overlay-options", state.overlayOptions]],
  }[step];
  return all.filter(([, value]) => value !== undefined && value !== "");
}
