import { askEngine } from './engine-api.mjs';

/** A registry that says nothing for so long is taken for unreachable. */
const silenceLimitMs = 5000;

/**
 * Lets the engine pull an image: the engine, not this script, knows its mirrors, proxy and credentials.
 * Docs: POST /images/create of the Engine API; a failure after the start is a line in the body, under status 200.
 * @param {{repository: string, tag: string}} image
 * @returns {Promise<{outcome: 'pulled'} | {outcome: 'unreachable' | 'refused', reason: string}>}
 */
export async function pullImage(address, { repository, tag }) {
  const path = `/images/create?fromImage=${encodeURIComponent(repository)}&tag=${encodeURIComponent(tag)}`;
  try {
    const { status, body } = await askEngine(address, {
      method: 'POST',
      path,
      idleTimeoutMs: silenceLimitMs,
    });
    const reason = failureIn(body);
    if (status === 200 && reason === undefined) return { outcome: 'pulled' };
    return {
      outcome: isRefusal(status, reason) ? 'refused' : 'unreachable',
      reason: reason ?? `status ${status}`,
    };
  } catch (error) {
    return { outcome: 'unreachable', reason: error.message };
  }
}

/** The message of a plain error answer, or of the error line in a stream of progress lines. */
export function failureIn(body) {
  for (const line of body.split('\n').filter((text) => text.trim() !== '')) {
    try {
      const { error, message } = JSON.parse(line);
      if (error ?? message) return String(error ?? message);
    } catch {
      return line.trim();
    }
  }
  return undefined;
}

/** The registry was there and said no. */
function isRefusal(status, reason) {
  return status === 404 || /not found|denied|unauthorized|too many requests|rate limit/i.test(reason ?? '');
}
