/** What came back of a call, whatever the status. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly ms: number;
}

/** A call that gave no usable answer. */
class CallFailed extends Error {
  constructor(
    readonly url: string,
    readonly status: number,
  ) {
    super(`${url}: ${status}`);
    this.name = 'CallFailed';
  }
}

/** @throws CallFailed when the answer is not a success */
export async function getJson(url: string, language?: string): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json', ...(language === undefined ? {} : { 'accept-language': language }) },
  });
  if (!response.ok) throw new CallFailed(url, response.status);
  return response.json();
}

/** Sends JSON and gives back the answer, errors too. A lost connection has status 0. */
export async function postJson(url: string, body: unknown, language: string): Promise<Answer> {
  const start = performance.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', 'accept-language': language },
      body: JSON.stringify(body),
    });
    const answer: unknown = await response.json().catch(() => undefined);
    return { status: response.status, body: answer, ms: performance.now() - start };
  } catch {
    return { status: 0, body: undefined, ms: performance.now() - start };
  }
}
