import { hiddenText, redactUrls } from '../../model/redact.js';
import { EngineError, type EngineErrorKind, type RetryAdvice } from '../../problems/errors.js';
import { registryOf } from '../../registry/registry-login.js';
import { ApiFailure } from './map-error.js';

/*
 * Registries speak to us through engines, which pass on their words at best: 20.10 makes status 500 of everything. So
 * it is the words that tell what happened; measured on 20.10 and 28.5, with both of its image stores, with a registry behind a proxy that
 * fails.
 */

/** What a registry's failure means, and what a person can do about it. */
interface Meaning {
  readonly kind: EngineErrorKind;
  readonly text: RegExp;
  readonly hint?: (registry: string) => string;
  readonly retry?: RetryAdvice['because'];
}

function loginHint(registry: string): string {
  return `log in with \`docker login ${registry}\`, and check that this user may have this image`;
}

function busyHint(registry: string): string {
  return `wait a while, or log in with \`docker login ${registry}\` where that raises the limit`;
}

function silentHint(registry: string): string {
  return `the engine got no answer from ${registry} in time: check its network and proxy, and try again`;
}

function brokenHint(registry: string): string {
  return `that is a failure of ${registry} itself, or of what is in between: try again later`;
}

/** In order; the first that fits decides. */
const meanings: readonly Meaning[] = [
  {
    kind: 'registry-failed',
    text: /reached your (?:unauthenticated )?pull rate limit/i,
    hint: (registry) => `log in with \`docker login ${registry}\` for a higher limit, or wait some hours`,
  },
  {
    kind: 'registry-failed',
    text: /too ?many ?requests|(?:HTTP|status:?|code:?) 429\b/i,
    retry: 'busy',
    hint: busyHint,
  },
  {
    kind: 'registry-unreachable',
    text: /dial (?:tcp|udp)|no such host|connection refused|while waiting for connection|no route to host|network is unreachable/i,
    hint: (registry) =>
      `the registry ${registry} cannot be reached from the engine; build or load the image, or check the network`,
  },
  {
    kind: 'registry-unreachable',
    text: /x509|server gave HTTP response|certificate|tls: (?!.*timeout)/i,
    hint: (registry) =>
      `the engine does not trust the connection to ${registry}: give it the certificate in /etc/docker/certs.d, or list it under "insecure-registries"`,
  },
  {
    kind: 'registry-failed',
    text: /context deadline exceeded|Client\.Timeout|i\/o timeout|TLS handshake timeout/i,
    retry: 'silent',
    hint: silentHint,
  },
  {
    kind: 'registry-failed',
    text: /(?:HTTP|status:?|code:?) 5\d\d\b|\b5\d\d (?:Internal Server Error|Bad Gateway|Service Unavailable|Gateway Time-?out)|connection reset|broken pipe|server closed idle connection|use of closed network connection|\bEOF$/i,
    retry: 'broken',
    hint: brokenHint,
  },
  {
    kind: 'image-not-found',
    text: /does not exist locally|tag does not exist/i,
    hint: () => 'build it first',
  },
  {
    // Where images are those of containerd, the words for what is not there come before it.
    kind: 'registry-denied',
    text: /no basic auth credentials/i,
    hint: loginHint,
  },
  {
    kind: 'image-not-found',
    text: /pull access denied|manifest (?:for .* not found|unknown)|name unknown|repository does not exist|not found: manifest/i,
    hint: (registry) =>
      `check the name and tag of the image, and log in with \`docker login ${registry}\` if it is private`,
  },
  {
    kind: 'registry-denied',
    text: /unauthorized|authentication required|denied|(?:HTTP|status:?|code:?) 40[13]\b|\b401 Unauthorized|\b403 Forbidden/i,
    hint: loginHint,
  },
];

/** A failure to get something from a registry, or to give it something, as what it means. No secret is in it. */
export function registryFailure(error: Error, reference: string, secrets: readonly string[]): Error {
  if (!(error instanceof EngineError) || error.kind === 'unreachable') return error;
  const registry = registryOf(reference);
  const message = withoutDetours(withoutSecrets(error.message, secrets));
  const meaning = meanings.find(({ text }) => text.test(error.message)) ?? ofStatus(error.status);
  if (meaning === undefined && error.kind !== 'not-found') return retold(error, error.kind, message);
  const { kind, hint, retry } = meaning ?? notFound;
  return retold(error, kind, named(message, kind, registry), {
    ...(hint === undefined ? {} : { hint: hint(registry) }),
    ...(retry === undefined ? {} : { retry: { because: retry, afterMs: askedWaitMs(error) } }),
  });
}

const notFound = {
  kind: 'image-not-found',
  hint: () => 'check the name and tag of the image',
  retry: undefined,
} as const;

function retold(
  { operation, resource, status, cause, hint, evidence }: EngineError,
  kind: EngineErrorKind,
  message: string,
  more: { readonly hint?: string; readonly retry?: RetryAdvice } = {},
): EngineError {
  return new EngineError(kind, message, {
    operation,
    evidence,
    cause,
    ...(hint === undefined ? {} : { hint }),
    ...(resource === undefined ? {} : { resource }),
    ...(status === undefined ? {} : { status }),
    ...more,
  });
}

/** Engines do not always say which registry it was: `received unexpected HTTP status: 500`. */
function named(message: string, kind: EngineErrorKind, registry: string): string {
  if (!kind.startsWith('registry-')) return message;
  return message.includes(registry) ? message : `${message} (registry ${registry})`;
}

/** Where the words tell nothing. */
function ofStatus(status: number | undefined): Omit<Meaning, 'text'> | undefined {
  if (status === 429) return { kind: 'registry-failed', retry: 'busy', hint: busyHint };
  if (status === undefined || status <= 500) return undefined;
  return { kind: 'registry-failed', retry: 'broken', hint: brokenHint };
}

/** `retry-after: 1.5s`, `Retry-After: 30` in the words: the header of a registry does not come through an engine. */
function askedWaitMs({ message, cause }: EngineError): number | undefined {
  if (cause instanceof ApiFailure && cause.retryAfterMs !== undefined) return cause.retryAfterMs;
  const [, number, unit = 's'] =
    /retry[- ]after:?\s*(\d+(?:\.\d+)?)\s*(ns|µs|us|ms|s|m|h)?\b/i.exec(message) ?? [];
  return number === undefined ? undefined : Math.ceil(Number(number) * (unitMs[unit] ?? 1000));
}

const unitMs: Readonly<Record<string, number>> = {
  ...{ ns: 1e-6, µs: 1e-3, us: 1e-3, ms: 1 },
  ...{ s: 1000, m: 60_000, h: 3_600_000 },
};

/** containerd says the name twice, and what a registry wants to have back in an address, which is of no use. */
function withoutDetours(message: string): string {
  return message
    .replace(/failed to resolve reference "[^"]*": /, '')
    .replace(/(https?:\/\/[^\s"?]+)\?[^\s"]*/g, '$1');
}

function withoutSecrets(message: string, secrets: readonly string[]): string {
  return secrets
    .filter((secret) => secret.length > 0)
    .reduce((text, secret) => text.replaceAll(secret, hiddenText), redactUrls(message));
}
