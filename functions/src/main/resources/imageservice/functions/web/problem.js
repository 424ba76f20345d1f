// The page of a problem in the reader's language. What the service says of the problem stays as it is.
import { t, use, wanted } from "./language.js";

await use(wanted());
for (const element of document.querySelectorAll("[data-text]")) {
  element.textContent = t(element.dataset.text, { id: element.dataset.id });
}
