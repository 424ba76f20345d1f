// Asks the service, by the same API that every program uses.
import { address } from "./dom.js";

/** What the service answered instead. */
export class Refusal extends Error {
  constructor(status, detail, requestId, retryAfter) {
    super(detail);
    this.status = status;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

const JSON_TYPE = { Accept: "application/json" };

/** The JSON of an address. */
export async function get(path) {
  return (await ask(path, { headers: JSON_TYPE })).json();
}

/** The text of an address. */
export async function text(path) {
  return (await ask(path, { headers: { Accept: "application/yaml" } })).text();
}

/** A configuration's id and canonical text. */
export async function create(document) {
  const answer = await ask("schematics", { method: "POST", body: document, headers: JSON_TYPE });
  return answer.json();
}

/** Whether there is something at an address. */
export async function exists(path) {
  return (await fetch(address(path), { method: "HEAD" })).ok;
}

export async function ask(path, options = {}) {
  let answer;
  try {
    answer = await fetch(address(path), options);
  } catch {
    throw new Refusal(0, "", "", undefined);
  }
  if (answer.ok) {
    return answer;
  }
  throw await refusal(answer);
}

async function refusal(answer) {
  const body = await answer.text();
  const id = answer.headers.get("x-request-id") ?? "";
  const retry = Number(answer.headers.get("retry-after") ?? "") || undefined;
  try {
    return new Refusal(answer.status, JSON.parse(body).detail, id, retry);
  } catch {
    return new Refusal(answer.status, body.trim(), id, retry);
  }
}

const pause = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** Starts the build of an asset and tells its status until it is over; the last one is "ready". */
export async function build(url, told) {
  for (;;) {
    try {
      const status = await get(url);
      told(status);
      if (status.state === "ready") {
        return status;
      }
      await pause(1);
    } catch (e) {
      if (!(e instanceof Refusal) || e.status !== 503 || !e.retryAfter) {
        throw e;
      }
      told({ state: "queued", said: e.message });
      await pause(e.retryAfter);
    }
  }
}
