import { EngineError, type EngineErrorKind } from '../../problems/errors.js';

/** What we were doing when it failed, for the message: `cannot start container app-web-1: …`. */
export interface Attempt {
  readonly operation: string;
  /** Name of what it was about. */
  readonly resource?: string | undefined;
}

/** An answer of the engine with a status of 400 or more, or an error inside a stream (status 0). */
export class ApiFailure extends Error {
  readonly status: number;
  /** What the header Retry-After says. */
  readonly retryAfterMs: number | undefined;

  constructor(status: number, message: string, retryAfterMs?: number) {
    super(message);
    this.name = 'ApiFailure';
    this.status = status;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Turns what a request threw into an EngineError with a kind to branch on; the cause stays. */
export function toEngineError(error: unknown, attempt: Attempt): EngineError {
  if (error instanceof EngineError) return error;
  if (error instanceof ApiFailure) return ofFailure(error, attempt);
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code !== undefined && (unreachableCodes.has(code) || tlsCodes.test(code)))
    return unreachable(error as Error, code, attempt);
  const text = error instanceof Error ? error.message : String(error);
  return build('failed', sentence(attempt, text), attempt, { cause: error });
}

const unreachableCodes = new Set([
  ...['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EACCES', 'EPERM', 'EPIPE', 'ENOTFOUND', 'EAI_AGAIN'],
  ...['ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'ERR_STREAM_PREMATURE_CLOSE', 'HPE_INVALID_CONSTANT'],
]);

const tlsCodes = /TLS|SSL|CERT|SIGNATURE|EPROTO/;

function unreachable(error: Error, code: string, attempt: Attempt): EngineError {
  const text = code === 'ECONNRESET' ? 'the engine closed the connection' : error.message;
  const hint = hintOf(code);
  return build('unreachable', sentence(attempt, text), attempt, { hint, cause: error });
}

function hintOf(code: string): string {
  if (tlsCodes.test(code))
    return 'check the certificates in DOCKER_CERT_PATH, and whether the engine wants TLS';
  return code === 'EACCES' || code === 'EPERM'
    ? 'your user may not use the socket of the engine: add it to the group that owns the socket'
    : 'is the engine running?';
}

interface Rule {
  readonly kind: EngineErrorKind;
  readonly statuses?: readonly number[];
  readonly text: RegExp;
  /** Replaces the engine's words, where those speak to nobody. */
  readonly say?: (match: RegExpExecArray) => string;
  readonly hint?: string;
}

const programHint =
  'is the program in the image, under this path, and may it be run? What a shell is to read needs one: [sh, -c, "…"]';

/** In order; the first that fits decides. What scripts look for in the engine's words is kept in ours. */
const rules: readonly Rule[] = [
  {
    kind: 'port-taken',
    text: /Bind for ([\d.:[\]a-f]*):(\d+) failed: port is already allocated/,
    say: ([, ip, port]) => `port ${port} of the host (${ip}): port is already allocated by another container`,
  },
  {
    kind: 'port-taken',
    text: /listen (?:tcp|udp|sctp)[46]? ?([\d.:[\]a-f]*):(\d+): bind: address already in use/,
    say: ([, ip, port]) => `port ${port} of the host (${ip}): address already in use by another program`,
  },
  {
    kind: 'port-taken',
    text: /failed to bind host port for ([\d.:[\]a-f]*?):(\d+):\S+: address already in use/,
    say: ([, ip, port]) => `port ${port} of the host (${ip}): address already in use by another program`,
  },
  { kind: 'port-taken', text: /port is already allocated|address already in use/ },
  {
    kind: 'name-taken',
    text: /(?:container )?name "?\/?([^" ]+?)"? is already in use(?: by (?:container )?"?([0-9a-f]{12}))?/i,
    say: ([, name, id]) =>
      `the name "${name}" is already in use${id === undefined ? '' : ` by container ${id}`}`,
    hint: 'remove or rename that container, or choose another name',
  },
  {
    kind: 'bad-request',
    text: /exec: "([^"]*)": (executable file not found in \$PATH|stat .*?: no such file or directory|permission denied)/,
    say: ([, program, why]) => `exec: "${program}": ${why}`,
    hint: programHint,
  },
  {
    kind: 'image-not-found',
    text: /^No such image: (.+)|: (?:image not known|No such image)/,
    say: ([, image]) =>
      image === undefined ? 'the image is not on this engine' : `image ${image} is not on this engine`,
    hint: 'pull or build it first',
  },
  {
    kind: 'image-not-found',
    text: /does not match the specified platform|does not provide the specified platform/,
  },
  {
    kind: 'image-not-found',
    text: /manifest unknown|manifest for .* not found|pull access denied|repository does not exist|name unknown|not found: manifest/i,
    hint: 'check the name and tag of the image, and that you are logged in to its registry',
  },
  {
    kind: 'in-use',
    text: /has active endpoints|volume is in use|volume is being used|network is being used|unable to (?:remove repository reference|delete) /i,
  },
  {
    kind: 'failed',
    text: /no space left on device/,
    hint: 'the disk of the engine is full: "docker system df" tells what is on it, "docker system prune" removes what nobody uses',
  },
  { kind: 'conflict', text: /network with name .* already exists/ },
  { kind: 'not-found', statuses: [404], text: /(?:)/ },
  { kind: 'bad-request', statuses: [301, 400], text: /(?:)/ },
  { kind: 'conflict', statuses: [403, 409], text: /(?:)/ },
  { kind: 'unsupported', statuses: [501], text: /(?:)/ },
];

function ofFailure(failure: ApiFailure, attempt: Attempt): EngineError {
  for (const rule of rules) {
    if (rule.statuses !== undefined && !rule.statuses.includes(failure.status)) continue;
    const match = rule.text.exec(failure.message);
    if (match === null) continue;
    const text = rule.say?.(match) ?? cleanUp(failure.message);
    return build(rule.kind, sentence(attempt, text), attempt, {
      status: failure.status,
      cause: failure,
      ...(rule.hint === undefined ? {} : { hint: rule.hint }),
    });
  }
  return build('failed', sentence(attempt, cleanUp(failure.message)), attempt, {
    status: failure.status,
    cause: failure,
  });
}

function sentence({ operation, resource }: Attempt, text: string): string {
  const what = resource === undefined ? operation : `${operation} ${resource}`;
  return shortenIds(text === '' ? `cannot ${what}` : `cannot ${what}: ${text}`);
}

/** Ids as people know them from lists: 12 digits. */
function shortenIds(text: string): string {
  return text.replace(/\b(?:sha256:)?([0-9a-f]{12})[0-9a-f]{52}\b/g, '$1');
}

/** One line, without the prefix that only repeats that it is an answer of the daemon. */
function cleanUp(message: string): string {
  return message
    .replace(/^Error response from daemon: /, '')
    .replace(/\s*\n\s*/g, '; ')
    .trim();
}

function build(
  kind: EngineErrorKind,
  message: string,
  attempt: Attempt,
  details: { hint?: string; cause: unknown; status?: number },
): EngineError {
  const { operation, resource } = attempt;
  return new EngineError(kind, message, {
    operation,
    ...(resource === undefined ? {} : { resource }),
    ...(details.status === undefined || details.status === 0 ? {} : { status: details.status }),
    ...(details.hint === undefined ? {} : { hint: details.hint }),
    cause: details.cause,
  });
}
