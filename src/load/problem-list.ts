import { closestName } from '../model/closest-name.js';
import { redactUrls } from '../model/redact.js';
import { formatValuePath, type ValuePath } from '../model/span.js';
import type { ProblemCode } from '../problems/codes.js';
import { type Diagnostic, sortDiagnostics } from '../problems/diagnostic.js';
import { joinRepeated } from './join-repeated.js';
import { type Place, spanOfPlace } from './place.js';
import { withoutConsequences } from './without-consequences.js';

export interface ProblemDetails {
  readonly place?: Place | undefined;
  readonly path?: ValuePath | undefined;
  readonly hint?: string | undefined;
  readonly evidence?: readonly string[] | undefined;
  readonly related?: readonly { readonly message: string; readonly place: Place }[];
}

/** Each suggestion compares all names that there are, and nobody reads the end of a list of thousands. */
const mostSuggestions = 100;

/** Collects what is wrong while a project is loaded. Nothing in loading throws for bad input: it reports here. */
export class ProblemList {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #warned = new Set<string>();
  readonly #faults: ValuePath[] = [];
  #errorCount = 0;
  #suggestions = 0;

  get hasErrors(): boolean {
    return this.#errorCount > 0;
  }

  get errorCount(): number {
    return this.#errorCount;
  }

  error(code: ProblemCode, message: string, details: ProblemDetails = {}): void {
    this.#errorCount++;
    this.#diagnostics.push(diagnostic(code, 'error', message, details));
  }

  warning(code: ProblemCode, message: string, details: ProblemDetails = {}): void {
    this.#diagnostics.push(diagnostic(code, 'warning', message, details));
  }

  /** A warning that is said once, however often the same thing occurs. */
  warnOnce(code: ProblemCode, message: string, details: ProblemDetails = {}): void {
    const key = `${code} ${message}`;
    if (this.#warned.has(key)) return;
    this.#warned.add(key);
    this.warning(code, message, details);
  }

  /** The name of the person's own names that was most likely meant by `written`; asked for the first problems only. */
  similarName(written: string, names: Iterable<string>): string | undefined {
    this.#suggestions++;
    return this.#suggestions > mostSuggestions ? undefined : closestName(written, names);
  }

  /** Paths of attributes that are wrong in themselves; what only follows from them is not told. */
  noteFaults(paths: readonly ValuePath[]): void {
    for (const path of paths) this.#faults.push(path);
  }

  /** Everything, sorted by place; what is wrong at one place is there once. */
  sorted(): Diagnostic[] {
    return joinRepeated(sortDiagnostics(withoutConsequences(this.#diagnostics, this.#faults)));
  }
}

/** Said of a place that is only the nearest one. */
const madeByCode =
  'the code here makes the value: this is the nearest place at which something is written out';

function diagnostic(
  code: ProblemCode,
  severity: Diagnostic['severity'],
  message: string,
  { place, path, hint, evidence, related }: ProblemDetails,
): Diagnostic {
  const lines = [...(evidence ?? []), ...(place?.isInside === undefined ? [] : [madeByCode])];
  return {
    code,
    severity,
    message: redactUrls(message),
    ...(place === undefined ? {} : { span: spanOfPlace(place) }),
    ...(path === undefined ? {} : { path }),
    ...(lines.length === 0 ? {} : { evidence: lines }),
    ...(hint === undefined ? {} : { hint }),
    ...(related === undefined || related.length === 0
      ? {}
      : { related: related.map((other) => ({ message: other.message, span: spanOfPlace(other.place) })) }),
  };
}

/** `service "web"` or `networks.front`: how a message names what a path leads to. */
export function nameOfOwner(path: ValuePath): string {
  const [section, name] = path;
  if (section === 'services' && name !== undefined) return `service "${name}"`;
  return formatValuePath(path.slice(0, 2));
}
