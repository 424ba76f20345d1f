// The texts of the pages, one file a language.
import { address } from "./dom.js";

export const LANGUAGES = { en: "English", de: "Deutsch", fr: "Français", pl: "Polski", ru: "Русский" };

let texts = {};
let current = "en";

/** The text of a key, with its blanks filled in. */
export function t(key, values = {}) {
  const text = texts[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export function has(key) {
  return key in texts;
}

export function language() {
  return current;
}

/** What the address, the person's last choice or the browser asks for. */
export function wanted() {
  const asked = new URLSearchParams(location.search).get("lang");
  const all = [asked, remembered(), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return all.find((code) => code in LANGUAGES) ?? "en";
}

export async function use(code) {
  const answer = await fetch(address(`web/languages/${code}.json`));
  texts = await answer.json();
  current = code;
  document.documentElement.lang = code;
}

/** Keeps a choice for the next visit. */
export function remember(code) {
  try {
    localStorage.setItem("language", code);
  } catch {
    // A browser without storage asks again.
  }
}

function remembered() {
  try {
    return localStorage.getItem("language");
  } catch {
    return null;
  }
}

const UNITS = ["B", "kB", "MB", "GB"];

/** Bytes for people. */
export function size(bytes) {
  const power = bytes < 1000 ? 0 : Math.min(3, Math.floor(Math.log10(bytes) / 3));
  const digits = power === 0 ? 0 : 1;
  return new Intl.NumberFormat(current, { maximumFractionDigits: digits }).format(bytes / 1000 ** power)
    + "\u00a0" + UNITS[power];
}
