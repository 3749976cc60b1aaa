import { createHash, randomBytes } from 'node:crypto';

/** Another one in each run: what a run finds can be from nowhere else. */
const seed = randomBytes(16).toString('hex');

/** Secrets that nobody can take for anything else: one for each place where a secret can stand. */
export class Canaries {
  readonly #values = new Map<string, string>();
  readonly #prefix: string;

  /** Of different ages are different values in the same places. */
  constructor(age = '') {
    this.#prefix = age === '' ? '' : `${age} `;
  }

  /** The value for a place. Letters, digits and what URLs and base64 write otherwise. */
  at(place: string): string {
    const name = `${this.#prefix}${place}`;
    const digest = createHash('sha256').update(`${seed} ${name}`).digest('base64');
    const value = `${digest.replace(/[^a-zA-Z0-9]/g, '').slice(0, 27)}/+`;
    this.#values.set(name, value);
    return value;
  }

  /** Places whose value is in the text: plain or a good part of it, in base64, in hex, or as URLs write it. */
  leaksIn(text: string): string[] {
    return [...this.#values]
      .filter(([, value]) => traces(value).some((trace) => text.includes(trace)))
      .map(([name]) => name);
  }
}

function traces(value: string): string[] {
  const parts = [value.slice(0, 9), value.slice(9, 18), value.slice(18, 27)];
  return [
    ...parts,
    ...[0, 1, 2].map((shift) => base64Trace(value, shift)),
    Buffer.from(value).toString('hex').slice(0, 24),
  ];
}

/** What base64 makes of it, whatever stands before it: `shift` bytes are in the same group of three. */
function base64Trace(value: string, shift: number): string {
  const encoded = Buffer.from('x'.repeat(shift) + value).toString('base64');
  return encoded.slice(4, 24);
}
