// Makes elements.

/** An element; properties that begin with "on" are listeners, false and undefined leave one out. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on")) {
      element.addEventListener(name.slice(2), value);
    } else if (name === "value" || name === "checked") {
      element[name] = value;
    } else if (value !== false && value !== undefined && value !== null) {
      element.setAttribute(name, value === true ? "" : value);
    }
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** Replaces the page's content and takes the keyboard to its heading. */
export function show(...content) {
  const main = document.getElementById("main");
  main.replaceChildren(...content.filter((part) => part !== undefined));
  const heading = main.querySelector("h1");
  if (heading) {
    document.title = heading.textContent + " – Image Service";
  }
}

export function focusHeading() {
  const heading = document.querySelector("#main h1");
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }
}

/** Has screen readers say it. */
export function say(text) {
  document.getElementById("live").textContent = text;
}

/** Text to copy, with a button. */
export function copyable(text, label, t) {
  const button = h("button", { type: "button", class: "small plain", "aria-label": t("copyOf", { what: label }) },
    t("copy"));
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      fallbackCopy(text);
    }
    button.textContent = t("copied");
    say(t("copied"));
  });
  return h("div", { class: "code" }, h("pre", {}, h("code", {}, text)), button);
}

// Pages on plain HTTP have no clipboard.
function fallbackCopy(text) {
  const area = h("textarea", { class: "hidden", value: text });
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

/** An address of the service; the page's base is the service's own. */
export function address(path) {
  return new URL(path, document.baseURI).href;
}
